package dev.earshot.api.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a delivery that failed is tried again: three times at once, then ever more seldom, for a day. */
public final class WebhookRetries {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(300),
            Duration.ofSeconds(1800),
            Duration.ofSeconds(7200));

    private static final Duration GIVEN_UP_AFTER = Duration.ofHours(24);

    /** So much longer may a pause be, so that what failed together does not come back together. */
    private static final double JITTER = 0.1;

    private WebhookRetries() {}

    /**
     * When to try next; empty to give up.
     *
     * @param attempts how many there were, at least 1
     * @param since when the first was due
     * @param asked the pause that the receiver asked for; zero when it asked for none
     * @param chance 0 to 1
     */
    public static Optional<Instant> next(int attempts, Instant since, Instant now, Duration asked, double chance) {
        Duration pause = PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
        Duration longer = pause.plusMillis((long) (pause.toMillis() * JITTER * chance));
        Instant next = now.plus(asked.compareTo(longer) > 0 ? asked : longer);
        return next.isAfter(since.plus(GIVEN_UP_AFTER)) ? Optional.empty() : Optional.of(next);
    }
}
