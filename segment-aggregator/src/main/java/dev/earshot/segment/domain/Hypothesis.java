package dev.earshot.segment.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A worker's text for one utterance.
 *
 * @param utteranceId names the utterance by where its audio starts: {@code {track_id}:{start_ms}}
 * @param revision rises with each hypothesis of the utterance
 * @param isFinal whether the worker will not change it any more; a final without text says that nothing was there
 * @param span the audio covered, at least one millisecond
 * @param words the text's words in order; empty when the model gives no times
 * @param stablePrefixWords how many leading words will not change any more
 * @param language ISO 639-1; null when unknown
 */
public record Hypothesis(
        String sessionUid,
        String trackId,
        String utteranceId,
        int revision,
        boolean isFinal,
        Span span,
        String text,
        List<Word> words,
        int stablePrefixWords,
        @Nullable String language,
        Provenance provenance,
        CaptureTimes captured) {

    /**
     * Where a hypothesis comes from.
     *
     * @param audioPartition of the audio topic; null, as the offsets, when the audio came from elsewhere
     */
    public record Provenance(
            @Nullable String modelName,
            @Nullable String modelHash,
            @Nullable Integer audioPartition,
            @Nullable Long audioFirstOffset,
            @Nullable Long audioLastOffset) {}

    /**
     * Wall clock at which the audio of a hypothesis was captured; null where unknown.
     *
     * @param ready when the last sample that the worker needed was captured
     * @param decodeMicros what decoding took
     */
    public record CaptureTimes(
            @Nullable Instant start, @Nullable Instant end, @Nullable Instant ready, long decodeMicros) {}

    public Hypothesis {
        if (span.endMs() <= span.startMs()) {
            throw new IllegalArgumentException(
                    utteranceId + " covers samples " + span + " (expected: at least one millisecond)");
        }
        words = List.copyOf(words);
    }

    public boolean hasText() {
        return !text.isBlank();
    }

    /** Whether this replaces what an older hypothesis of the same utterance said. A final beats all partials. */
    boolean beats(Hypothesis older) {
        return isFinal == older.isFinal ? revision > older.revision : isFinal;
    }

    /** The same audio without its text. */
    Hypothesis withoutText() {
        return with(utteranceId, span, "", List.of());
    }

    Hypothesis withUtteranceId(String id) {
        return with(id, span, text, words);
    }

    /**
     * What this says about the audio from a sample on: the words whose middle lies there. Empty when less than a millisecond
     * is left.
     */
    Optional<Hypothesis> from(long sample) {
        Span rest = span.from(sample);
        if (rest == span) {
            return Optional.of(this);
        }
        if (rest.endMs() <= rest.startMs()) {
            return Optional.empty();
        }
        List<Word> restOfWords = words.stream()
                .filter(word -> word.startMs() + word.endMs() >= 2 * rest.startMs())
                .toList();
        String restOfText = restOfWords.size() == words.size()
                ? text
                : restOfWords.stream().map(Word::text).collect(Collectors.joining(" "));
        return Optional.of(with(utteranceId, rest, restOfText, restOfWords));
    }

    private Hypothesis with(String id, Span newSpan, String newText, List<Word> newWords) {
        int dropped = words.size() - newWords.size();
        return new Hypothesis(
                sessionUid,
                trackId,
                id,
                revision,
                isFinal,
                newSpan,
                newText,
                newWords,
                Math.max(0, stablePrefixWords - dropped),
                language,
                provenance,
                captured);
    }
}
