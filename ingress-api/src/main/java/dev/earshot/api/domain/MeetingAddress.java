package dev.earshot.api.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A meeting as its platform knows it.
 *
 * @param platform the service
 * @param nativeMeetingId the service's id, of the shape that {@link Platform#acceptsId} accepts
 * @param passcode null when the meeting has none
 * @param rawUrl the link as it was given, where no other link can be built; else null
 */
public record MeetingAddress(
        Platform platform, String nativeMeetingId, @Nullable String passcode, @Nullable String rawUrl) {

    private static final Pattern TEAMS_ENTERPRISE =
            Pattern.compile("(.+\\.)?teams\\.microsoft\\.(us|com)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MEET_PATH = Pattern.compile("/meet/(\\d+)");
    private static final Pattern ZOOM_PATH = Pattern.compile("/(?:j|w|wc/join)/(\\d{9,11})(?:/.*)?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern IP_LITERAL = Pattern.compile("\\[.*]|[\\d.]+|0x[0-9a-f.]+", Pattern.CASE_INSENSITIVE);

    /** The address that a meeting link means; empty when it is no link of a platform we know. */
    public static Optional<MeetingAddress> parse(String link) {
        return uri(link).flatMap(uri -> {
            String host = uri.getHost().toLowerCase(Locale.ROOT);
            if (host.equals("meet.google.com")) {
                return googleMeet(uri);
            }
            if (host.equals("teams.live.com") || host.endsWith(".teams.live.com")) {
                return teamsDigits(uri, uri.getRawPath());
            }
            if (TEAMS_ENTERPRISE.matcher(host).matches()) {
                return teamsEnterprise(uri, link);
            }
            if (isUnder(host, "zoom.us") || isUnder(host, "zoomgov.com")) {
                return zoom(uri);
            }
            return Optional.empty();
        });
    }

    /** The address of a room on any public Jitsi server; empty for anything but https to a named host. */
    public static Optional<MeetingAddress> jitsi(String link) {
        return uri(link)
                .filter(uri -> "https".equals(uri.getScheme())
                        && uri.getHost().contains(".")
                        && !IP_LITERAL.matcher(uri.getHost()).matches())
                .flatMap(uri -> withId(Platform.JITSI, lastOfPath(uri), null, link));
    }

    /** The address of a page on this machine; empty when the link leads anywhere else. */
    public static Optional<MeetingAddress> demo(String link) {
        return uri(link)
                .filter(uri -> uri.getScheme().startsWith("http")
                        && uri.getRawUserInfo() == null
                        && LOOPBACK.matcher(uri.getHost()).matches())
                .map(uri -> {
                    String last = lastOfPath(uri).replaceFirst("\\.html$", "");
                    String id = Platform.DEMO.acceptsId(last) ? last : "demo";
                    return new MeetingAddress(Platform.DEMO, id, null, link);
                });
    }

    /** The link that a bot opens; empty when there is none for such an id. */
    public Optional<String> url() {
        if (rawUrl != null) {
            return Optional.of(rawUrl);
        }
        return switch (platform) {
            case GOOGLE_MEET -> Optional.of("https://meet.google.com/" + nativeMeetingId);
            case ZOOM -> Optional.of("https://zoom.us/j/" + nativeMeetingId + query("pwd"));
            case TEAMS ->
                nativeMeetingId.length() == 16
                        ? Optional.empty()
                        : Optional.of("https://teams.live.com/meet/" + nativeMeetingId + query("p"));
            case JITSI, DEMO -> Optional.empty();
        };
    }

    /** Whether meetings of Teams are on that host. */
    static boolean isTeamsHost(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return isUnder(lower, "teams.live.com")
                || TEAMS_ENTERPRISE.matcher(lower).matches();
    }

    /** The same meeting of Teams, on another of its hosts. */
    MeetingAddress onTeamsHost(String host) {
        return new MeetingAddress(
                platform, nativeMeetingId, passcode, "https://" + host + "/meet/" + nativeMeetingId + query("p"));
    }

    /** The same meeting under an id of the caller's choice. */
    public MeetingAddress named(String id) {
        return new MeetingAddress(platform, id, passcode, rawUrl);
    }

    private String query(String name) {
        return passcode == null ? "" : "?" + name + "=" + passcode;
    }

    private static Optional<URI> uri(String link) {
        try {
            var uri = new URI(link.strip().replaceFirst("^msteams:(//)?", "https://"));
            return uri.getScheme() != null && uri.getHost() != null && uri.getRawUserInfo() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<MeetingAddress> googleMeet(URI uri) {
        String path = uri.getRawPath();
        return path.startsWith("/lookup/")
                ? Optional.empty()
                : withId(Platform.GOOGLE_MEET, path.replaceAll("^/|/$", ""), null, null);
    }

    private static Optional<MeetingAddress> teamsEnterprise(URI uri, String link) {
        String path = uri.getRawPath();
        if (path.startsWith("/l/meetup-join/")) {
            return Optional.of(new MeetingAddress(Platform.TEAMS, hashOf(link), null, link));
        }
        String fragment = uri.getRawFragment();
        String place = path.startsWith("/v2") && fragment != null ? "/" + fragment.replaceFirst("^/", "") : path;
        // Only the link itself names the right host, so it is kept beside the id.
        return teamsDigits(uri, place).map(a -> new MeetingAddress(a.platform, a.nativeMeetingId, a.passcode, link));
    }

    private static Optional<MeetingAddress> teamsDigits(URI uri, String place) {
        Matcher digits = MEET_PATH.matcher(place.replaceFirst("\\?.*$", ""));
        if (!digits.matches()) {
            return Optional.empty();
        }
        int question = place.indexOf('?');
        String query = question >= 0 ? place.substring(question + 1) : uri.getRawQuery();
        return withId(Platform.TEAMS, digits.group(1), parameter(query, "p"), null);
    }

    private static Optional<MeetingAddress> zoom(URI uri) {
        Matcher path = ZOOM_PATH.matcher(uri.getRawPath());
        return path.matches()
                ? withId(Platform.ZOOM, path.group(1), parameter(uri.getRawQuery(), "pwd"), null)
                : Optional.empty();
    }

    private static Optional<MeetingAddress> withId(
            Platform platform, String id, @Nullable String passcode, @Nullable String rawUrl) {
        return platform.acceptsId(id)
                ? Optional.of(new MeetingAddress(platform, id, passcode, rawUrl))
                : Optional.empty();
    }

    private static boolean isUnder(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static String lastOfPath(URI uri) {
        String path = uri.getRawPath().replaceFirst("/+$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static @Nullable String parameter(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=") && pair.length() > name.length() + 1) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    private static String hashOf(String link) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(link.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
