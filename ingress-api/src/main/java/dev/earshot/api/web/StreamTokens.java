package dev.earshot.api.web;

import dev.earshot.api.domain.ApiKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks stream tokens: {@code st_<meeting id>_<first issued>_<expiry>_<HMAC-SHA256>}, both in seconds since the
 * epoch. A token opens one meeting's live feed for a short while and nothing else, so it may stand in an address; an API key opens
 * everything, for good. Thread-safe.
 */
public final class StreamTokens {

    /** How long a token can be used to connect; a feed that is open stays open. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /** Longer than a meeting. Who follows one with a token is given fresh ones until then, and has to ask for one again after. */
    static final Duration RENEWABLE_FOR = Duration.ofHours(12);

    private static final Pattern TOKEN = Pattern.compile("(st_(\\d{1,18})_(\\d{1,12})_(\\d{1,12}))_(.+)");

    private final SecretKeySpec key;

    /** All nodes that are given the same secret accept each other's tokens. */
    public StreamTokens(String secret) {
        // A key of its own, so that a token says nothing about what else the secret is for.
        this.key = new SecretKeySpec(
                mac(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), "earshot stream token"),
                "HmacSHA256");
    }

    public String issue(long meetingId, Instant now) {
        return issue(meetingId, now.getEpochSecond(), now);
    }

    private String issue(long meetingId, long firstIssued, Instant now) {
        String claim =
                "st_" + meetingId + "_" + firstIssued + "_" + now.plus(LIFETIME).getEpochSecond();
        return claim + "_" + signature(claim);
    }

    /** A fresh token for whom an older one let in; empty when the first of them is too long ago. */
    Optional<String> renew(String token, Instant now) {
        return read(token)
                .filter(claim -> now.getEpochSecond() < claim.firstIssued + RENEWABLE_FOR.toSeconds())
                .map(claim -> issue(claim.meetingId, claim.firstIssued, now));
    }

    /** Whether the token was made by us, for this meeting, and is still fresh. */
    public boolean opens(String token, long meetingId, Instant now) {
        return read(token)
                .filter(claim -> claim.meetingId == meetingId && now.getEpochSecond() < claim.expiry)
                .isPresent();
    }

    /** The meeting that a token says it is for, whether or not it may; 0 when it says nothing of the kind. */
    public static long meetingOf(String token) {
        Matcher parts = TOKEN.matcher(token);
        return parts.matches() ? Long.parseLong(parts.group(2)) : 0;
    }

    private record Claim(long meetingId, long firstIssued, long expiry) {}

    /** What a token says that was made by us; empty for any other. */
    private Optional<Claim> read(String token) {
        Matcher parts = TOKEN.matcher(token);
        return parts.matches() && ApiKey.same(signature(parts.group(1)), parts.group(5))
                ? Optional.of(new Claim(
                        Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)), Long.parseLong(parts.group(4))))
                : Optional.empty();
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
