package dev.earshot.api.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A meeting service, and what its meeting ids look like. */
public enum Platform {
    GOOGLE_MEET("[a-z]{3}-[a-z]{4}-[a-z]{3}|[a-z0-9][a-z0-9-]{3,38}[a-z0-9]", "abc-defg-hij, or a nickname"),
    ZOOM("\\d{9,11}", "9 to 11 digits"),
    TEAMS("\\d{10,15}|[0-9a-f]{16}", "10 to 15 digits, or 16 hexadecimal digits for an enterprise link"),
    JITSI("[^\\s?#&=/\\p{Cntrl}]{1,255}", "a room's name, or room@host"),
    /** A meeting page on this machine, for demonstrations and tests. */
    DEMO("[A-Za-z0-9][A-Za-z0-9_-]{0,62}", "letters, digits, - and _");

    private final Pattern nativeId;
    private final String expectation;

    Platform(String nativeId, String expectation) {
        this.nativeId = Pattern.compile(nativeId);
        this.expectation = expectation;
    }

    /** The platform of that name on the wire; empty for any other text, and for {@code demo} unless it is allowed. */
    public static Optional<Platform> of(String wire, boolean demoAllowed) {
        return offered(demoAllowed).stream()
                .filter(platform -> platform.wire().equals(wire))
                .findFirst();
    }

    /** What may be asked for. */
    public static List<Platform> offered(boolean demoAllowed) {
        return Arrays.stream(values())
                .filter(platform -> demoAllowed || platform != DEMO)
                .toList();
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean acceptsId(String nativeMeetingId) {
        return nativeId.matcher(nativeMeetingId).matches();
    }

    /** What a meeting id looks like, for people. */
    public String expectation() {
        return expectation;
    }
}
