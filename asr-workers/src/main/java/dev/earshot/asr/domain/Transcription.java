package dev.earshot.asr.domain;

import java.util.List;
import java.util.stream.Collectors;

/** What a recogniser heard in one window: words in order, none when it heard nothing. */
public record Transcription(List<RecognizedWord> words) {

    public static final Transcription EMPTY = new Transcription(List.of());

    public Transcription {
        words = List.copyOf(words);
    }

    /** The words with single spaces between them. */
    public String text() {
        return words.stream().map(RecognizedWord::text).collect(Collectors.joining(" "));
    }
}
