package dev.earshot.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be closed in reverse order. Thread-safe; closing twice does nothing. */
final class Parts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    private synchronized AutoCloseable last() {
        AutoCloseable part = started.poll();
        return part == null ? this : part;
    }

    /** Closes everything, whatever single parts throw. */
    @Override
    public void close() {
        for (AutoCloseable part = last(); part != this; part = last()) {
            try {
                part.close();
            } catch (Exception e) {
                log.warn("close_failed part={}", part.getClass().getSimpleName(), e);
            }
        }
    }
}
