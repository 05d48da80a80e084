package dev.earshot.api.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a user wants to be told what happens.
 *
 * @param secret signs what is sent; null when the user gave none
 * @param events by type: whether the user wants it; a type that is not in here is as by default
 */
public record WebhookSettings(URI url, @Nullable String secret, Map<String, Boolean> events) {

    private static final int MAX_URL = 2_000;
    private static final int MAX_SECRET = 500;

    public WebhookSettings {
        events = Map.copyOf(events);
    }

    /** What a user has set, out of the open-ended part of the account; empty when nothing is to be told. */
    public static Optional<WebhookSettings> of(Map<String, Object> data) {
        if (!(data.get("webhook_url") instanceof String text)) {
            return Optional.empty();
        }
        var events = new LinkedHashMap<String, Boolean>();
        if (data.get("webhook_events") instanceof Map<?, ?> wishes) {
            wishes.forEach((type, wish) -> events.put(String.valueOf(type), Boolean.TRUE.equals(wish)));
        }
        return url(text)
                .map(url -> new WebhookSettings(
                        url, data.get("webhook_secret") instanceof String secret ? secret : null, events));
    }

    /**
     * Reads the body of {@code PUT /user/webhook}: the members of the account to set, null to remove one. What is not
     * mentioned stays. Throws {@link InvalidRequestException} with all that is wrong.
     */
    public static Map<String, @Nullable Object> read(Map<String, ?> body) {
        var fields = new Fields(body);
        var change = new LinkedHashMap<String, @Nullable Object>();
        String given = fields.text("webhook_url", MAX_URL);
        if (given == null) {
            if (fields.isClean()) {
                fields.reject(Violation.missing("body", "webhook_url"));
            }
        } else if (url(given).isEmpty()) {
            fields.reject(Violation.value(
                    "webhook_url must be an http or https address with a host and without a login",
                    given,
                    "body",
                    "webhook_url"));
        }
        change.put("webhook_url", given);
        if (body.containsKey("webhook_secret")) {
            change.put("webhook_secret", fields.text("webhook_secret", MAX_SECRET));
        }
        if (body.containsKey("webhook_events")) {
            Map<String, Object> wishes = fields.object("webhook_events");
            if (wishes != null) {
                wishes.forEach((type, wish) -> check(fields, type, wish));
            }
            change.put("webhook_events", wishes == null || wishes.isEmpty() ? null : wishes);
        }
        fields.check();
        return change;
    }

    private static void check(Fields fields, String type, @Nullable Object wish) {
        if (!WebhookEvent.TYPES.contains(type)) {
            fields.reject(Violation.oneOf(
                    WebhookEvent.TYPES.stream().sorted().toList(), type, "body", "webhook_events", type));
        } else if (!(wish instanceof Boolean)) {
            fields.reject(Violation.type("bool_type", "boolean", wish, "body", "webhook_events", type));
        }
    }

    /** Whether the user wants to be told of such an event. */
    public boolean wants(String type) {
        return events.getOrDefault(type, WebhookEvent.BY_DEFAULT.contains(type));
    }

    @Override
    public String toString() {
        // The secret is one, and the address may hold another.
        return "WebhookSettings[host=" + url.getHost() + "]";
    }

    private static Optional<URI> url(String text) {
        try {
            var url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            boolean usable = (scheme.equals("https") || scheme.equals("http"))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null;
            return usable ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
