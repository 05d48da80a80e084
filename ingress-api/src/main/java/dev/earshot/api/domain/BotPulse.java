package dev.earshot.api.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When each bot was last heard of, by our own clock. A bot that was never heard of counts as heard of when we began to
 * listen, and whenever we could not hear all count as heard of: silence is held against a bot only when somebody listened.
 * Thread-safe.
 */
public final class BotPulse {

    private final Map<String, Instant> heard = new HashMap<>();
    private Instant listeningSince;

    /** Begins to listen. */
    public BotPulse(Instant now) {
        this.listeningSince = now;
    }

    /** A session's bot lives. */
    public synchronized void beat(String sessionUid, Instant now) {
        heard.put(sessionUid, now);
    }

    /** Nobody could be heard until now. */
    public synchronized void deaf(Instant now) {
        listeningSince = now;
        heard.clear();
    }

    /** Whether a session's bot has been silent for so long. */
    public synchronized boolean isSilent(String sessionUid, Duration patience, Instant now) {
        Instant last = heard.getOrDefault(sessionUid, listeningSince);
        return last.plus(patience).isBefore(now);
    }

    /** Forgets the bots that have been silent for so long, whose silence is told without that. */
    public synchronized void forget(Duration patience, Instant now) {
        if (listeningSince.plus(patience).isBefore(now)) {
            heard.values().removeIf(last -> last.plus(patience).isBefore(now));
        }
    }
}
