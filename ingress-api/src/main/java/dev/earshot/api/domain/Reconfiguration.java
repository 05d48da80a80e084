package dev.earshot.api.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bot that is in its meeting shall do otherwise from now on. What is not named stays as it is.
 *
 * @param language a code of {@link Languages}; null leaves it to the ASR workers' setting, which is to detect it if not set
 * @param task {@code transcribe} or {@code translate}; null leaves it to the ASR workers' setting
 * @param named which of the two the request names, be it with null
 */
public record Reconfiguration(@Nullable String language, @Nullable String task, Set<String> named) {

    private static final String LANGUAGE = "language";
    private static final String TASK = "task";

    private static final Set<String> TASKS = Set.of("transcribe", "translate");
    private static final int MAX_LANGUAGES = 100;

    /** Reads the body of {@code PUT /bots/…/config}; throws {@link InvalidRequestException} with all that is wrong. */
    public static Reconfiguration read(Map<String, ?> body) {
        var fields = new Fields(body);
        String language = language(fields);
        String task = task(fields);
        List<String> allowed = fields.strings("allowed_languages", MAX_LANGUAGES);
        fields.check();
        if (allowed != null && !allowed.isEmpty()) {
            throw new RefusedException(501, "This deployment detects among all languages or is told one");
        }
        return new Reconfiguration(language, task, Set.copyOf(body.keySet()));
    }

    /** The whole of what the bot shall do: what is not named is as the meeting has it. */
    public Reconfiguration over(Map<String, ?> meeting) {
        return new Reconfiguration(
                named.contains(LANGUAGE) ? language : string(meeting.get(LANGUAGE)),
                named.contains(TASK) ? task : string(meeting.get(TASK)),
                Set.of(LANGUAGE, TASK));
    }

    private static @Nullable String string(@Nullable Object value) {
        return value instanceof String string ? string : null;
    }

    static @Nullable String language(Fields fields) {
        String language = fields.string(LANGUAGE);
        if (language != null && !Languages.contains(language)) {
            fields.reject(Violation.value(
                    "Invalid language code '" + language + "'. Must be one of the accepted language codes",
                    language,
                    "body",
                    LANGUAGE));
        }
        return language;
    }

    static @Nullable String task(Fields fields) {
        String task = fields.string(TASK);
        if (task != null && !TASKS.contains(task.toLowerCase(Locale.ROOT))) {
            fields.reject(Violation.value("task must be 'transcribe' or 'translate'", task, "body", TASK));
        }
        return task == null ? null : task.toLowerCase(Locale.ROOT);
    }
}
