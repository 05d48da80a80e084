package dev.earshot.asr;

/**
 * One stay of a partition with this worker, from the assignment to the revocation. Equal only to itself: a partition that
 * comes back has another turn.
 */
final class Turn {

    private final int partition;

    Turn(int partition) {
        this.partition = partition;
    }

    int partition() {
        return partition;
    }
}
