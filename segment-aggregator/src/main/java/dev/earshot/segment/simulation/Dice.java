package dev.earshot.segment.simulation;

import java.util.SplittableRandom;

/** All chance of one meeting: the same seed throws the same. Not thread-safe. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** From the first number (included) to the last (excluded). */
    long between(long first, long last) {
        return random.nextLong(first, last);
    }

    int between(int first, int last) {
        return random.nextInt(first, last);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }
}
