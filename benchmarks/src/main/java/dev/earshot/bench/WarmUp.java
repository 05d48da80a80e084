package dev.earshot.bench;

import java.time.Duration;

/**
 * Tells when a JVM has compiled what it runs. Until then its compiler takes a good part of a processor from what is to be
 * measured, on a slow machine for minutes. One thread at a time.
 */
public final class WarmUp {

    private final double quiet;
    private final int mostRounds;
    private int rounds;

    /**
     * @param quiet so much of the time that a round takes, compiler threads may use: 0..1
     * @param mostRounds one that still compiles after so many always will: 1 or more
     */
    public WarmUp(double quiet, int mostRounds) {
        this.quiet = quiet;
        this.mostRounds = mostRounds;
    }

    /** Those that are over. */
    public int rounds() {
        return rounds;
    }

    /**
     * Whether the next round is to be measured.
     *
     * @param compiling what compiler threads used during the last round
     * @param round how long that took
     */
    public boolean isOver(Duration compiling, Duration round) {
        rounds++;
        return rounds >= mostRounds || compiling.toNanos() < quiet * round.toNanos();
    }
}
