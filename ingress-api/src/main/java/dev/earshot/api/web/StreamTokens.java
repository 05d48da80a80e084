package dev.earshot.api.web;

import dev.earshot.api.domain.ApiKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks stream tokens: {@code st_<meeting id>_<expiry, s since the epoch>_<HMAC-SHA256>}. A token opens one
 * meeting's live feed for a short while and nothing else, so it may stand in an address; an API key opens everything, for good.
 * Thread-safe.
 */
public final class StreamTokens {

    /** How long a token can be used to connect; a feed that is open stays open. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private final SecretKeySpec key;

    /** All nodes that are given the same secret accept each other's tokens. */
    public StreamTokens(String secret) {
        // A key of its own, so that a token says nothing about what else the secret is for.
        this.key = new SecretKeySpec(
                mac(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), "earshot stream token"),
                "HmacSHA256");
    }

    public String issue(long meetingId, Instant now) {
        String claim = "st_" + meetingId + "_" + now.plus(LIFETIME).getEpochSecond();
        return claim + "_" + signature(claim);
    }

    /** Whether the token was made by us, for this meeting, and is still fresh. */
    public boolean opens(String token, long meetingId, Instant now) {
        String[] parts = token.split("_", 4);
        if (parts.length != 4 || !parts[1].equals(Long.toString(meetingId)) || !parts[2].matches("\\d{1,12}")) {
            return false;
        }
        String claim = parts[0] + "_" + parts[1] + "_" + parts[2];
        return ApiKey.same(signature(claim), parts[3]) && now.getEpochSecond() < Long.parseLong(parts[2]);
    }

    /** The meeting that a token says it is for, whether or not it may; 0 when it says nothing of the kind. */
    public static long meetingOf(String token) {
        String[] parts = token.split("_", 4);
        return parts.length == 4 && parts[1].matches("\\d{1,18}") ? Long.parseLong(parts[1]) : 0;
    }

    private String signature(String claim) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, claim));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
