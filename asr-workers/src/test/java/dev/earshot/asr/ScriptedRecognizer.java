package dev.earshot.asr;

import dev.earshot.asr.domain.RecognizedWord;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Hears the length of a window in milliseconds as its only word, as soon as it is allowed to. Windows of certain lengths break
 * it, whoever is in the batch with them.
 */
final class ScriptedRecognizer implements Recognizer {

    private final CountDownLatch allowed;
    private final IntPredicate breaksAtMs;

    private ScriptedRecognizer(CountDownLatch allowed, IntPredicate breaksAtMs) {
        this.allowed = allowed;
        this.breaksAtMs = breaksAtMs;
    }

    static ScriptedRecognizer waitingFor(CountDownLatch allowed) {
        return new ScriptedRecognizer(allowed, millis -> false);
    }

    static ScriptedRecognizer breakingAt(int millis) {
        return breakingWhere(length -> length == millis);
    }

    static ScriptedRecognizer breakingWhere(IntPredicate millis) {
        return new ScriptedRecognizer(new CountDownLatch(0), millis);
    }

    @Override
    public ModelInfo model() {
        return new ModelInfo("scripted", "0".repeat(64), "en", null, "cpu");
    }

    @Override
    public List<Transcription> decode(List<Window> windows) {
        try {
            if (!allowed.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never allowed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return windows.stream().map(this::hear).toList();
    }

    private Transcription hear(Window window) {
        int millis = window.samples().length / 16;
        if (breaksAtMs.test(millis)) {
            throw new IllegalArgumentException("a window of " + millis + " ms");
        }
        return new Transcription(List.of(new RecognizedWord(Integer.toString(millis), 0, millis, 1)));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
