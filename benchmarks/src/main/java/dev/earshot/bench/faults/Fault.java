package dev.earshot.bench.faults;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Something that breaks in the middle of everybody's sentence. */
public enum Fault {
    /** Nothing: the run that all others are held against. */
    NONE("none"),
    /** One of two workers is killed with -9. */
    WORKER_KILL("worker-kill"),
    /** Postgres is away for a while. */
    POSTGRES_DOWN("postgres-down"),
    /** Redis loses everything. */
    REDIS_FLUSH("redis-flush"),
    /** The broker ends and comes back. */
    BROKER_RESTART("broker-restart"),
    /** One of two aggregators is killed with -9. */
    AGGREGATOR_KILL("aggregator-kill");

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    /** The name that people type. */
    public static Fault named(String label) {
        return Arrays.stream(values())
                .filter(fault -> fault.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--only " + label + " (expected: "
                        + Arrays.stream(values()).map(Fault::label).collect(Collectors.joining(", ")) + ")"));
    }

    public String label() {
        return label;
    }
}
