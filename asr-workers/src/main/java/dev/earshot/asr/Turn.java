package dev.earshot.asr;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One stay of a partition with this worker, from the assignment to the revocation. Equal only to itself: a partition that
 * comes back has another turn.
 */
final class Turn {

    private final int partition;
    private final AtomicBoolean answered = new AtomicBoolean();

    Turn(int partition) {
        this.partition = partition;
    }

    int partition() {
        return partition;
    }

    /** The partition's broker has answered, be it that there is nothing new. On the consumer's thread. */
    void answered() {
        answered.set(true);
    }

    /** Whether it has since this was last asked. */
    boolean hasAnswered() {
        return answered.getAndSet(false);
    }
}
