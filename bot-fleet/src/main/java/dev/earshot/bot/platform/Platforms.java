package dev.earshot.bot.platform;

import java.util.List;
import java.util.Optional;

/** The platforms that we can join. */
public final class Platforms {

    private static final List<Platform> ALL = List.of(new DemoPlatform(), new JitsiPlatform());

    private Platforms() {}

    /** The platform of that name; empty when there is none. */
    public static Optional<Platform> named(String name) {
        return ALL.stream().filter(platform -> platform.name().equals(name)).findFirst();
    }

    /** All names, for messages. */
    public static List<String> names() {
        return ALL.stream().map(Platform::name).toList();
    }
}
