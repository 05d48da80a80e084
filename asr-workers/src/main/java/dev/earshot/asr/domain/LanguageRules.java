package dev.earshot.asr.domain;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which languages are expected, and in which the text shall be, for recognisers that speak many.
 *
 * <p>Detection looks at one utterance at a time and at nothing before it, so that a worker that takes over a track decides as
 * the one before would have. Short utterances are guessed wrong more often; naming the few languages that are spoken is what
 * helps most.
 *
 * @param languages ISO 639 codes to choose from: one fixes the language, none leaves it to the recogniser
 * @param translate whether the text shall be English, whatever is spoken
 */
public record LanguageRules(List<String> languages, boolean translate) {

    /** Any language, as it is spoken. */
    public static final LanguageRules ANY = new LanguageRules(List.of(), false);

    private static final String AUTO = "auto";
    private static final String TRANSCRIBE = "transcribe";
    private static final String TRANSLATE = "translate";

    public LanguageRules {
        languages = List.copyOf(languages);
        for (String code : languages) {
            if (!code.matches("[a-z]{2,3}")) {
                throw new IllegalArgumentException(
                        "language: " + code + " (expected: auto, or ISO 639 codes as en or de,fr)");
            }
        }
    }

    /**
     * Reads settings; throws {@link IllegalArgumentException} with a sentence for what makes no sense.
     *
     * @param languages {@code auto}, or codes with commas between them
     * @param task {@code transcribe} or {@code translate}
     */
    public static LanguageRules parse(String languages, String task) {
        Boolean translate = translates(task);
        if (translate == null) {
            throw new IllegalArgumentException("task: " + task + " (expected: transcribe or translate)");
        }
        List<String> codes = languages.isBlank() || languages.equals(AUTO)
                ? List.of()
                : Stream.of(languages.split(",")).map(LanguageRules::code).toList();
        return new LanguageRules(codes, translate);
    }

    /** Whether a task is to translate; null when it is none, or none that is known. */
    public static @Nullable Boolean translates(@Nullable String task) {
        if (TRANSLATE.equals(task)) {
            return true;
        }
        return TRANSCRIBE.equals(task) ? false : null;
    }

    /** The language of a tag: {@code pt} of {@code pt-BR}. */
    public static String code(String tag) {
        return tag.trim().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    }
}
