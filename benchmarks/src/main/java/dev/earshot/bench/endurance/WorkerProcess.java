package dev.earshot.bench.endurance;

import dev.earshot.bench.AskedChild;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Our end of a {@link WorkerChild}. One thread at a time. */
final class WorkerProcess implements AutoCloseable {

    /** The heap is touched at once, so that what the process grows by is not heap. */
    private static final List<String> FLAGS =
            List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    private final AskedChild child;

    private WorkerProcess(AskedChild child) {
        this.child = child;
    }

    /** Starts it; the settings are the worker's own environment variables. */
    static WorkerProcess start(Map<String, String> settings) throws IOException {
        return new WorkerProcess(AskedChild.start("worker", "bench-endurance.log", FLAGS, WorkerChild.class, settings));
    }

    /** Asks; the worker collects its garbage first. */
    Memory memory() throws IOException {
        return Memory.parse(child.ask(""));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        child.close();
    }
}
