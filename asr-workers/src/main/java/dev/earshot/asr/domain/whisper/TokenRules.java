package dev.earshot.asr.domain.whisper;

import java.util.Arrays;
import java.util.List;

/**
 * What Whisper may say next: scores of tokens that it may not are set to negative infinity. Immutable, thread-safe.
 *
 * <p>Never: tokens of what is no speech, and special ones. First: neither a blank nor the end. With timestamps: they come in
 * pairs around each stretch of text, do not go back, and are chosen whenever together they are likelier than any text.
 *
 * <p>Source: openai-whisper, {@code decoding.py}: {@code SuppressBlank}, {@code SuppressTokens}, {@code ApplyTimestampRules}.
 */
public final class TokenRules {

    private static final float NEVER = Float.NEGATIVE_INFINITY;
    /** The first timestamp is at most 1 s: a window whose first second is silent was cut wrongly. */
    private static final int LATEST_FIRST_TIMESTAMP = 50;

    private final Vocabulary vocabulary;
    private final int[] never;
    private final int[] neverFirst;
    private final boolean timestamps;

    /**
     * @param never tokens that are never said ({@code suppress_tokens} of the model's generation settings)
     * @param neverFirst tokens with which it does not begin ({@code begin_suppress_tokens})
     * @param timestamps whether it shall say when
     */
    public TokenRules(Vocabulary vocabulary, List<Integer> never, List<Integer> neverFirst, boolean timestamps) {
        this.vocabulary = vocabulary;
        this.never = never.stream().mapToInt(Integer::intValue).toArray();
        this.neverFirst = neverFirst.stream().mapToInt(Integer::intValue).toArray();
        this.timestamps = timestamps;
    }

    /**
     * Forbids in place.
     *
     * @param scores of all tokens; from {@code from} on, {@code size} of them
     * @param said tokens so far, without the prompt
     */
    public void apply(float[] scores, int from, int size, List<Integer> said) {
        forbid(scores, from, size, never);
        if (said.isEmpty()) {
            forbid(scores, from, size, neverFirst);
        }
        scores[from + vocabulary.startOfTranscript()] = NEVER;
        scores[from + vocabulary.noTimestamps()] = NEVER;
        int first = vocabulary.firstTimestamp();
        if (!timestamps) {
            forbid(scores, from + first, from + size);
            return;
        }
        inPairs(scores, from, size, said);
        notBack(scores, from, said);
        if (said.isEmpty()) {
            forbid(scores, from, from + first);
            forbid(scores, from + first + LATEST_FIRST_TIMESTAMP + 1, from + size);
        }
        if (timesAreLikelier(scores, from, size)) {
            forbid(scores, from, from + first);
        }
    }

    /** After the time of a beginning comes text, after the time of an end the time of the next beginning. */
    private void inPairs(float[] scores, int from, int size, List<Integer> said) {
        boolean afterTime = !said.isEmpty() && vocabulary.isTimestamp(said.get(said.size() - 1));
        if (!afterTime) {
            return;
        }
        boolean begun = said.size() < 2 || vocabulary.isTimestamp(said.get(said.size() - 2));
        if (begun) {
            forbid(scores, from + vocabulary.firstTimestamp(), from + size);
        } else {
            forbid(scores, from, from + vocabulary.endOfText());
        }
    }

    /** Times do not go back, and what has begun takes time before it ends. */
    private void notBack(float[] scores, int from, List<Integer> said) {
        for (int i = said.size() - 1; i >= 0; i--) {
            int last = said.get(i);
            if (vocabulary.isTimestamp(last)) {
                boolean justEnded = i == said.size() - 1 && i > 0 && !vocabulary.isTimestamp(said.get(i - 1));
                forbid(scores, from + vocabulary.firstTimestamp(), from + (justEnded ? last : last + 1));
                return;
            }
        }
    }

    private boolean timesAreLikelier(float[] scores, int from, int size) {
        int first = vocabulary.firstTimestamp();
        float likeliestText = NEVER;
        for (int i = 0; i < first; i++) {
            likeliestText = Math.max(likeliestText, scores[from + i]);
        }
        double times = 0;
        for (int i = first; i < size; i++) {
            times += Math.exp(scores[from + i] - Math.max(likeliestText, -1e30f));
        }
        // log(sum of times) > likeliest text, both relative to the latter.
        return times > 1;
    }

    private static void forbid(float[] scores, int begin, int end) {
        if (begin < end) {
            Arrays.fill(scores, begin, end, NEVER);
        }
    }

    private static void forbid(float[] scores, int from, int size, int[] tokens) {
        for (int token : tokens) {
            if (token >= 0 && token < size) {
                scores[from + token] = NEVER;
            }
        }
    }
}
