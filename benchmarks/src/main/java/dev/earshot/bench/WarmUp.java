package dev.earshot.bench;

import java.time.Duration;

/**
 * Tells when a JVM has compiled what it runs. Until then its compiler takes a good part of a processor from what is to be
 * measured, on a slow machine for minutes. One thread at a time.
 */
public final class WarmUp {

    /** One that still compiles after so many rounds always will. */
    private static final int MOST_ROUNDS = 6;

    /** Compiler threads may use so much of the time that a round takes. */
    private static final double QUIET = 0.1;

    private int rounds;

    /**
     * Whether the next round is to be measured.
     *
     * @param compiling what compiler threads used during the last round
     * @param round how long that took
     */
    public boolean isOver(Duration compiling, Duration round) {
        rounds++;
        return rounds >= MOST_ROUNDS || compiling.toNanos() < QUIET * round.toNanos();
    }
}
