package dev.earshot.asr.domain;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a recogniser heard in one window: words in order, none when it heard nothing.
 *
 * @param language of the words, ISO 639, as far as the recogniser can tell it from the audio; null when it cannot
 */
public record Transcription(List<RecognizedWord> words, @Nullable String language) {

    public static final Transcription EMPTY = new Transcription(List.of());

    public Transcription {
        words = List.copyOf(words);
    }

    /** Words of a recogniser that does not tell languages apart. */
    public Transcription(List<RecognizedWord> words) {
        this(words, null);
    }

    /** The words with single spaces between them. */
    public String text() {
        return words.stream().map(RecognizedWord::text).collect(Collectors.joining(" "));
    }
}
