package dev.earshot.audio;

import dev.earshot.audio.domain.DecodingOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may bring audio. With a token: whoever shows it. Without: clients on this machine, but not on behalf of a web
 * page from elsewhere, which a browser on this machine might have open.
 */
final class IngestDoor {

    private static final Pattern MEETING_ID = Pattern.compile("[0-9]{1,18}");
    private static final Set<String> TASKS = Set.of("transcribe", "translate");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
    private static final String BEARER = "Bearer ";

    private final @Nullable String token;

    IngestDoor(@Nullable String token) {
        this.token = token;
    }

    /** Why the client is turned away; empty when it may come in. */
    Optional<String> refusal(
            @Nullable String authorization, @Nullable String origin, @Nullable InetSocketAddress client) {
        if (token != null) {
            return authorization != null && authorization.startsWith(BEARER) && same(authorization, BEARER + token)
                    ? Optional.empty()
                    : Optional.of("The token is missing or wrong: send Authorization: Bearer <INGEST_TOKEN>.");
        }
        if (client == null || !client.getAddress().isLoopbackAddress()) {
            return Optional.of("Without INGEST_TOKEN only clients on this machine are served: set it to serve others.");
        }
        return origin == null || isLocal(origin)
                ? Optional.empty()
                : Optional.of("Pages of other sites are not served without INGEST_TOKEN.");
    }

    /** What is wrong with the parameters of a session; empty when nothing is. */
    static Optional<String> complaint(@Nullable String meetingId, DecodingOptions options) {
        String language = options.language();
        String task = options.task();
        if (meetingId == null || !MEETING_ID.matcher(meetingId).matches()) {
            return Optional.of("meeting_id: " + meetingId + " (expected: the meeting's number).");
        }
        if (language != null && !LANGUAGE.matcher(language).matches()) {
            return Optional.of(
                    "language: " + language + " (expected: an ISO 639-1 code such as en, or none to detect).");
        }
        if (task != null && !TASKS.contains(task)) {
            return Optional.of("task: " + task + " (expected: transcribe or translate).");
        }
        return Optional.empty();
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLocal(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null
                    && (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}"))
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (IllegalArgumentException | java.net.UnknownHostException e) {
            return false;
        }
    }
}
