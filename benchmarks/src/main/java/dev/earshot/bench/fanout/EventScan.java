package dev.earshot.bench.fanout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Finds in one viewer's bytes what is measured: each event's cursor and the newest {@code ready_at}. Looks for the few bytes
 * that matter instead of parsing HTTP, events and JSON: the load generator must not be what is slow. Not thread-safe.
 */
final class EventScan {

    private static final byte[] ID = "\nid: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] READY_AT = "\"ready_at\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    /** A cursor stands in an event's first lines. */
    private static final int HEAD = 64;

    private byte[] rest = {};
    private boolean open;
    private long lastSeq;
    private long missed;

    /** Takes in what was read; tells the {@code ready_at} of each event that has one, microseconds since the epoch. */
    void take(byte[] bytes, int length, LongConsumer readyAt) {
        byte[] all = bytes;
        int end = length;
        if (rest.length > 0) {
            all = Arrays.copyOf(rest, rest.length + length);
            System.arraycopy(bytes, 0, all, rest.length, length);
            end = all.length;
        }
        int from = 0;
        for (int i = 1; i < end; i++) {
            if (all[i] == '\n' && all[i - 1] == '\n') {
                event(all, from, i, readyAt);
                from = i + 1;
            }
        }
        rest = Arrays.copyOfRange(all, from, end);
    }

    /** Whether the feed has begun, with 200. */
    boolean isOpen() {
        return open;
    }

    /** The newest cursor. */
    long lastSeq() {
        return lastSeq;
    }

    /** Cursors that were left out. */
    long missed() {
        return missed;
    }

    private void event(byte[] bytes, int from, int to, LongConsumer readyAt) {
        open = open || startsWith(bytes, from, to, OK);
        int id = indexOf(bytes, Math.max(0, from - 1), Math.min(to, from + HEAD), ID);
        if (id >= 0) {
            long seq = number(bytes, id + ID.length, to);
            missed += Math.max(0, seq - lastSeq - 1);
            lastSeq = Math.max(lastSeq, seq);
        }
        for (int i = to - READY_AT.length; i > from; i--) {
            if (startsWith(bytes, i, to, READY_AT)) {
                long micros = number(bytes, i + READY_AT.length, to);
                if (micros > 0) {
                    readyAt.accept(micros);
                }
                return;
            }
        }
    }

    private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (startsWith(bytes, i, to, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] wanted) {
        if (to - from < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }
}
