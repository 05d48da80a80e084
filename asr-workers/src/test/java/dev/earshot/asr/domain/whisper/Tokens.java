package dev.earshot.asr.domain.whisper;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small vocabulary with everything in it that has a meaning; times begin at 20. */
final class Tokens {

    static final int SPACE = 0;
    static final int A = 1;
    static final int B = 2;
    static final int NOTE = 3;
    static final int END = 10;
    static final int TIME = 20;
    static final int SIZE = TIME + 1501;

    static final Vocabulary VOCABULARY = vocabulary();

    private Tokens() {}

    private static Vocabulary vocabulary() {
        Map<String, Integer> special = new LinkedHashMap<>();
        List.of("endoftext", "startoftranscript", "en", "de", "haw", "translate", "transcribe", "startoflm", "nospeech")
                .forEach(name -> special.put("<|" + name + "|>", END + special.size()));
        special.put("<|notimestamps|>", TIME - 1);
        return Vocabulary.of(Map.of("\u0120", SPACE, "\u0120alpha", A, "\u0120be", B, "!", NOTE), special);
    }

    static int at(double seconds) {
        return TIME + (int) Math.round(seconds / 0.02);
    }
}
