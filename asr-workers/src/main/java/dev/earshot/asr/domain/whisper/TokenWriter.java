package dev.earshot.asr.domain.whisper;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes one window's tokens from the scores that the decoder gives: the likeliest at temperature 0, drawn at higher ones. The
 * dice are the same each time, so the same audio gives the same text wherever it is decoded. Not
 * thread-safe.
 *
 * <p>Source: openai-whisper, {@code decoding.py}, {@code GreedyDecoder}.
 */
public final class TokenWriter {

    /** Half of what the decoder can hold, as in openai-whisper. */
    private static final int MOST_TOKENS = 224;

    private final Vocabulary vocabulary;
    private final TokenRules rules;
    private final float temperature;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Float> logProbs = new ArrayList<>();
    private final Random random;
    private float noSpeech;
    private float endLogProb;
    private boolean open = true;

    public TokenWriter(Vocabulary vocabulary, TokenRules rules, float temperature) {
        this.vocabulary = vocabulary;
        this.rules = rules;
        this.temperature = temperature;
        this.random = new Random(Float.floatToIntBits(temperature));
    }

    /** Takes the scores after the first token of the prompt, of which one says how likely it is that nobody speaks. */
    public void hearSilence(float[] scores, int from, int size) {
        if (vocabulary.noSpeech() >= 0) {
            noSpeech = (float) Math.exp(scores[from + vocabulary.noSpeech()] - logSum(scores, from, size));
        }
    }

    /** Takes the scores of the next token and writes one, unless the end was reached. The scores are changed. */
    public void write(float[] scores, int from, int size) {
        if (!open) {
            return;
        }
        rules.apply(scores, from, size, tokens);
        int token = temperature == 0 ? likeliest(scores, from, size) : drawn(scores, from, size);
        float logProb = (float) (scores[from + token] - logSum(scores, from, size));
        if (token == vocabulary.endOfText()) {
            endLogProb = logProb;
            open = false;
            return;
        }
        tokens.add(token);
        logProbs.add(logProb);
        open = tokens.size() < MOST_TOKENS;
    }

    public boolean isOpen() {
        return open;
    }

    /** What goes into the decoder next: behind the end, more of the end. */
    public int lastToken() {
        return open ? tokens.get(tokens.size() - 1) : vocabulary.endOfText();
    }

    public Attempt attempt() {
        return new Attempt(
                List.copyOf(tokens),
                List.copyOf(logProbs),
                endLogProb,
                noSpeech,
                temperature,
                vocabulary.decode(tokens));
    }

    private static int likeliest(float[] scores, int from, int size) {
        int best = 0;
        for (int i = 1; i < size; i++) {
            if (scores[from + i] > scores[from + best]) {
                best = i;
            }
        }
        return best;
    }

    private int drawn(float[] scores, int from, int size) {
        float top = scores[from + likeliest(scores, from, size)];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.exp((scores[from + i] - top) / temperature);
        }
        double point = random.nextDouble() * sum;
        for (int i = 0; i < size; i++) {
            point -= Math.exp((scores[from + i] - top) / temperature);
            if (point < 0) {
                return i;
            }
        }
        return likeliest(scores, from, size);
    }

    private static double logSum(float[] scores, int from, int size) {
        float top = scores[from + likeliest(scores, from, size)];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.exp(scores[from + i] - top);
        }
        return top + Math.log(sum);
    }
}
