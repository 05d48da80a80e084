package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtException;
import dev.earshot.asr.domain.mel.Features;
import dev.earshot.asr.domain.whisper.Attempt;
import java.nio.FloatBuffer;
import java.util.List;

/** The networks of a Whisper model, however they were exported. Owns native memory: close it. Not thread-safe. */
interface WhisperGraphs extends AutoCloseable {

    /** Encodes windows of 30 s; the answer owns native memory. */
    Heard hear(List<Features> windows);

    /** Whether the decoder can be told to say when something was said. */
    boolean tellsTime();

    /** Whether it can be asked again at another temperature. */
    boolean canTryAgain();

    /** Mel bands that go in; -1 when the graph does not say. */
    int bands();

    @Override
    void close();

    /** Windows that were heard, and can be decoded as often as is wanted. */
    interface Heard extends AutoCloseable {

        /** The token that each window's transcript begins with, of those given: its language. */
        int[] likeliest(List<Integer> tokens);

        /**
         * Decodes some windows together.
         *
         * @param rows which of the windows
         * @param prompts what each begins with, all of one length
         */
        List<Attempt> decode(List<Integer> rows, List<int[]> prompts, float temperature);

        @Override
        void close();
    }

    /** Windows as {@code input_features} [B, bands, 3000]. */
    static void put(Inputs inputs, Graph graph, List<Features> windows, DirectFloats memory) throws OrtException {
        Features first = windows.get(0);
        FloatBuffer values = memory.of(windows.size() * first.values().length);
        windows.forEach(window -> values.put(window.values()));
        inputs.floats(
                "input_features",
                graph.type("input_features"),
                values.flip(),
                windows.size(),
                first.bands(),
                first.frames());
    }
}
