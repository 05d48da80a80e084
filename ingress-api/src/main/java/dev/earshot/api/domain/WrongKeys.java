package dev.earshot.api.domain;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers for a while which keys nobody has, so that a client that goes on asking with a wrong one costs no query each time.
 * Right keys are not kept: one that is deleted or has expired opens nothing from that moment on. Holds so many hashes, and
 * forgets the oldest first. Thread-safe.
 */
public final class WrongKeys {

    private final int limit;
    private final long lifeNanos;

    /** By hash: when it was found wrong, oldest first. */
    private final Map<String, Long> foundWrong = new LinkedHashMap<>();

    /** Remembers at most so many, each for so long. */
    public WrongKeys(int limit, Duration life) {
        this.limit = limit;
        this.lifeNanos = life.toNanos();
    }

    /**
     * Whether a key was found wrong a short while ago.
     *
     * @param nowNanos of a clock that never goes back, such as {@link System#nanoTime}
     */
    public synchronized boolean contains(String hash, long nowNanos) {
        Long since = foundWrong.get(hash);
        if (since == null) {
            return false;
        }
        if (nowNanos - since < lifeNanos) {
            return true;
        }
        foundWrong.remove(hash);
        return false;
    }

    /** Nobody has that key. */
    public synchronized void add(String hash, long nowNanos) {
        foundWrong.remove(hash);
        foundWrong.put(hash, nowNanos);
        if (foundWrong.size() > limit) {
            Iterator<String> oldest = foundWrong.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
