package dev.earshot.eventlog;

import reactor.kafka.receiver.ReceiverOffset;

/**
 * One partition for as long as one receiver of a group holds it. Lets acknowledgements through only while it is held and
 * only forwards: reactor-kafka would commit whatever was acknowledged last, even an earlier position, even over the head of
 * the partition's next owner. Thread-safe.
 */
final class Holding {

    private long acknowledged = -1;
    private boolean held = true;

    synchronized void acknowledge(ReceiverOffset position) {
        if (held && position.offset() > acknowledged) {
            acknowledged = position.offset();
            position.acknowledge();
        }
    }

    synchronized void release() {
        held = false;
    }
}
