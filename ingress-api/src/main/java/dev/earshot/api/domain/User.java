package dev.earshot.api.domain;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has an account.
 *
 * @param maxConcurrentBots how many bots may be in meetings at once; 0 or less: none
 * @param data open-ended, as JSON has it
 */
public record User(
        long id,
        String email,
        @Nullable String name,
        @Nullable String imageUrl,
        int maxConcurrentBots,
        Map<String, Object> data,
        Instant createdAt) {}
