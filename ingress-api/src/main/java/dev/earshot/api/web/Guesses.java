package dev.earshot.api.web;

import dev.earshot.api.ApiRules;
import dev.earshot.api.domain.RateLimitedException;
import dev.earshot.api.domain.RateLimiter;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses the administrator's key: after so many wrong ones in a minute no more are looked at from that address,
 * right or wrong. As many wrong ones are allowed as requests of administration. Thread-safe.
 */
final class Guesses {

    private final @Nullable RateLimiter wrong;

    Guesses(ApiRules rules) {
        this.wrong = rules.adminRequestsPerMinute() == 0 ? null : new RateLimiter(rules.adminRequestsPerMinute());
    }

    /** Throws {@link RateLimitedException} when too many were wrong. */
    void check(String address) {
        if (wrong != null) {
            RateLimiter.Verdict verdict = wrong.look(address, System.nanoTime());
            if (!verdict.allowed()) {
                throw new RateLimitedException(verdict.retryAfterSeconds());
            }
        }
    }

    /** One more was wrong. */
    void wrong(String address) {
        if (wrong != null) {
            wrong.call(address, System.nanoTime());
        }
    }
}
