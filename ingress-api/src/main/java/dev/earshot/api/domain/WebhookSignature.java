package dev.earshot.api.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The headers that prove who sent an event: those of the contract, and those of Standard Webhooks 1.0. Without a secret there
 * is nothing to prove it with; the event's id and time are told all the same.
 */
public final class WebhookSignature {

    private static final String STANDARD_PREFIX = "whsec_";

    private WebhookSignature() {}

    /** Headers for a body that is sent at a time. */
    public static Map<String, String> headers(@Nullable String secret, String eventId, Instant at, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        var headers = new LinkedHashMap<String, String>();
        headers.put("webhook-id", eventId);
        headers.put("webhook-timestamp", timestamp);
        headers.put("X-Webhook-Timestamp", timestamp);
        if (secret != null) {
            headers.put("Authorization", "Bearer " + secret);
            byte[] mac = mac(secret.getBytes(StandardCharsets.UTF_8), timestamp + ".", body);
            headers.put("X-Webhook-Signature", "sha256=" + HexFormat.of().formatHex(mac));
            byte[] standard = mac(key(secret), eventId + "." + timestamp + ".", body);
            headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(standard));
        }
        return headers;
    }

    /** A secret of the standard's form is the base64 of the key; any other is the key itself. */
    private static byte[] key(String secret) {
        if (secret.startsWith(STANDARD_PREFIX)) {
            try {
                byte[] key = Base64.getDecoder().decode(secret.substring(STANDARD_PREFIX.length()));
                if (key.length > 0) {
                    return key;
                }
            } catch (IllegalArgumentException e) {
                // Not base64: then it only looks like one.
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mac(byte[] key, String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
