package dev.earshot.asr.domain.whisper;

import dev.earshot.asr.domain.RecognizedWord;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of text between two timestamps.
 *
 * @param startMs from the window's first sample
 * @param endMs at least startMs
 * @param tokens of its text
 * @param logProbs of each token
 */
public record Stretch(int startMs, int endMs, List<Integer> tokens, List<Float> logProbs) {

    private static final int MS_PER_TIMESTAMP = 20;

    /**
     * What a decoder said, in stretches.
     *
     * @param stretches in order
     * @param nextMs where to go on: behind the last stretch that is whole, or at the window's end
     */
    public record Cut(List<Stretch> stretches, int nextMs) {}

    /**
     * Cuts at timestamps. What follows the last pair of them was cut short by the window's end, and is left to the next window;
     * but where there is no such pair, or a single timestamp ends it all, everything is taken.
     *
     * <p>Source: openai-whisper, {@code transcribe.py}, the handling of consecutive timestamps.
     *
     * @param lengthMs of the audio in the window
     */
    public static Cut cut(Attempt attempt, Vocabulary vocabulary, int lengthMs) {
        List<Integer> said = attempt.tokens();
        var stretches = new ArrayList<Stretch>();
        int from = 0;
        for (int i = 1; i < said.size(); i++) {
            if (vocabulary.isTimestamp(said.get(i)) && vocabulary.isTimestamp(said.get(i - 1))) {
                add(attempt, from, i, vocabulary, lengthMs, stretches);
                from = i;
            }
        }
        boolean whole = from == 0 || endsWithOneTime(said, vocabulary);
        if (whole) {
            add(attempt, from, said.size(), vocabulary, lengthMs, stretches);
            return new Cut(stretches, lengthMs);
        }
        return new Cut(stretches, Math.min(lengthMs, time(said.get(from - 1), vocabulary)));
    }

    private static boolean endsWithOneTime(List<Integer> said, Vocabulary vocabulary) {
        int size = said.size();
        return size >= 2 && vocabulary.isTimestamp(said.get(size - 1)) && !vocabulary.isTimestamp(said.get(size - 2));
    }

    private static void add(
            Attempt attempt, int from, int to, Vocabulary vocabulary, int lengthMs, List<Stretch> stretches) {
        int startMs =
                stretches.isEmpty() ? 0 : stretches.get(stretches.size() - 1).endMs();
        int endMs = lengthMs;
        var tokens = new ArrayList<Integer>();
        var logProbs = new ArrayList<Float>();
        for (int i = from; i < to; i++) {
            int token = attempt.tokens().get(i);
            if (vocabulary.isTimestamp(token)) {
                int at = Math.min(lengthMs, time(token, vocabulary));
                if (tokens.isEmpty()) {
                    startMs = Math.max(startMs, at);
                } else {
                    endMs = at;
                }
            } else if (vocabulary.isText(token)) {
                tokens.add(token);
                logProbs.add(attempt.logProbs().get(i));
            }
        }
        if (!tokens.isEmpty()) {
            stretches.add(new Stretch(startMs, Math.max(startMs, endMs), tokens, logProbs));
        }
    }

    private static int time(int token, Vocabulary vocabulary) {
        return (token - vocabulary.firstTimestamp()) * MS_PER_TIMESTAMP;
    }

    /**
     * The words of the stretch. The model says when a stretch begins and ends, not when a word does: its time is shared out by
     * the length of the words.
     */
    public List<RecognizedWord> words(Vocabulary vocabulary) {
        String text = vocabulary.decode(tokens).strip();
        if (text.isEmpty()) {
            return List.of();
        }
        double logProb = 0;
        for (float each : logProbs) {
            logProb += each;
        }
        float confidence = (float) Math.exp(Math.min(0, logProb / logProbs.size()));
        String[] spelled = text.split("\\s+");
        int letters = text.replaceAll("\\s+", "").length();
        var words = new ArrayList<RecognizedWord>();
        // No word takes no time, however short the stretch is.
        int span = Math.max(endMs - startMs, letters);
        int before = 0;
        for (String word : spelled) {
            int after = before + word.length();
            words.add(new RecognizedWord(
                    word,
                    startMs + (int) ((long) span * before / letters),
                    startMs + (int) ((long) span * after / letters),
                    confidence));
            before = after;
        }
        return words;
    }
}
