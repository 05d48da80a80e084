package dev.earshot.asr.onnx;

import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.domain.ctc.LogProbs;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A CTC model's graph and the tensors that windows become: those of one {@linkplain LengthBuckets bucket} in one run, each with
 * zeros behind it up to the bucket's length. Owns native memory: close it. Not thread-safe.
 */
final class CtcGraph implements AutoCloseable {

    /** The model speaks up to this long after a word: without it the last letters of a window are missing. */
    static final int TAIL = 200 * AudioTime.SAMPLES_PER_MS;

    /** 400 ms: a first partial with what lies before it. */
    private static final int SHORTEST = 400 * AudioTime.SAMPLES_PER_MS;
    /** What usual settings let an utterance become. */
    private static final int LONGEST = 15 * AudioTime.SAMPLE_RATE_HZ + TAIL;
    /** A run of more audio than this no longer fits a CPU's cache: 64 s a run was 20 % slower, 4 s as well. */
    private static final int CPU_RUN = 16 * AudioTime.SAMPLE_RATE_HZ;

    private static final int GPU_BATCH = 32;

    private final OnnxSession session;
    private final boolean onCpu;
    private final LengthBuckets buckets;

    CtcGraph(OnnxSession session) {
        this.session = session;
        this.onCpu = session.provider().equals("cpu");
        this.buckets = new LengthBuckets(SHORTEST, onCpu ? 8 : 4);
    }

    /**
     * Runs every shape once that usual windows have: the first run of each pays for memory, and on a GPU for the choice of kernels.
     * A CPU has nothing to choose. Returns how many tokens a row has.
     */
    int warmUp() {
        List<Integer> lengths = onCpu ? List.of(SHORTEST, buckets.of(LONGEST)) : buckets.upTo(LONGEST);
        int width = 0;
        for (int length : lengths) {
            for (int batch : onCpu ? new int[] {1} : new int[] {1, GPU_BATCH}) {
                session.input(batch, length).put(new float[batch * length]);
                width = session.run(batch, length).width();
            }
        }
        return width;
    }

    /** Indices of the windows, run by run; those without samples are in none. */
    List<List<Integer>> runs(List<Window> windows) {
        int[] lengths = windows.stream().mapToInt(CtcGraph::length).toArray();
        return buckets.group(lengths, bucket -> onCpu ? Math.max(1, CPU_RUN / bucket) : GPU_BATCH);
    }

    private static int length(Window window) {
        int samples = window.samples().length;
        return samples == 0 ? 0 : samples + TAIL;
    }

    /** Puts the windows of a run into the tensor, and runs the graph on it. */
    LogProbs run(List<Window> windows, List<Integer> run) {
        int bucket = buckets.of(length(windows.get(run.get(0))));
        FloatBuffer input = session.input(run.size(), bucket);
        for (int index : run) {
            float[] samples = windows.get(index).samples();
            input.put(samples);
            for (int zero = samples.length; zero < bucket; zero++) {
                input.put(0f);
            }
        }
        return session.run(run.size(), bucket);
    }

    @Override
    public void close() {
        session.close();
    }
}
