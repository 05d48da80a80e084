package dev.earshot.eventlog;

import reactor.kafka.receiver.ReceiverOffset;

/**
 * One partition for as long as one receiver of a group holds it. Lets acknowledgements through only while it is held and
 * only forwards: reactor-kafka would commit whatever was acknowledged last, even an earlier position, even over the head of
 * the partition's next owner. Thread-safe.
 */
final class Holding {

    private final boolean commits;
    private long acknowledged = -1;
    private boolean held = true;

    private Holding(boolean commits) {
        this.commits = commits;
    }

    /** From now until {@link #release}. */
    static Holding begun() {
        return new Holding(true);
    }

    /** For ever, and acknowledging does nothing. */
    static Holding withoutCommits() {
        return new Holding(false);
    }

    synchronized void acknowledge(ReceiverOffset position) {
        if (commits && held && position.offset() > acknowledged) {
            acknowledged = position.offset();
            position.acknowledge();
        }
    }

    synchronized void release() {
        held = false;
    }

    synchronized boolean isHeld() {
        return held;
    }
}
