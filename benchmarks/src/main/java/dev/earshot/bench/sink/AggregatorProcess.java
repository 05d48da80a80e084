package dev.earshot.bench.sink;

import dev.earshot.bench.AskedChild;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Our end of an {@link AggregatorChild}. One thread at a time. */
final class AggregatorProcess implements AutoCloseable {

    private final AskedChild child;

    private AggregatorProcess(AskedChild child) {
        this.child = child;
    }

    /** Starts the process, not yet the aggregator; the settings are the aggregator's own environment variables. */
    static AggregatorProcess start(Map<String, String> settings) throws IOException {
        return new AggregatorProcess(
                AskedChild.start("aggregator", "bench-sink.log", List.of("-Xmx1g"), AggregatorChild.class, settings));
    }

    /** Launches the aggregator and returns when it has its partitions. */
    Counts launch() throws IOException {
        return tell("launch");
    }

    /** Launches, in the aggregator's place, a pass-through that reads and writes as many records and does nothing else. */
    Counts launchBare() throws IOException {
        return tell("bare");
    }

    /** Closes the aggregator; the process stays, and stays warm. */
    Counts stop() throws IOException {
        return tell("close");
    }

    Counts count() throws IOException {
        return tell("count");
    }

    private Counts tell(String order) throws IOException {
        return Counts.parse(child.ask(order));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        child.close();
    }
}
