package dev.earshot.api.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an API key: everything but the key.
 *
 * @param expiresAt null for never
 */
public record TokenRow(
        long id,
        long userId,
        List<String> scopes,
        @Nullable String name,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant expiresAt) {}
