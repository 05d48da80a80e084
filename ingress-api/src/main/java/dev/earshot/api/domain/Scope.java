package dev.earshot.api.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an API key may be used for. */
public enum Scope {
    BOT,
    TX,
    BROWSER;

    public static Optional<Scope> of(String wire) {
        return Arrays.stream(values())
                .filter(scope -> scope.wire().equals(wire))
                .findFirst();
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Any one of these lets a key use the path; empty when every valid key may. */
    public static Set<Scope> anyOf(String path) {
        List<String> parts = List.of(path.split("/", 3));
        return switch (parts.size() < 2 ? "" : parts.get(1)) {
            case "user" -> Set.of(BOT);
            case "bots" -> Set.of(BOT, BROWSER);
            case "b" -> Set.of(BROWSER);
            case "transcripts", "meetings" -> Set.of(TX);
            default -> Set.of();
        };
    }
}
