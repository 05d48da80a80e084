package dev.earshot.localstack;

/** TCP ports on 127.0.0.1, one per server; 0 picks a free one. Range [0, 65535]. */
public record Ports(int kafka, int postgres, int redis, int registry) {

    public Ports {
        requirePort("kafka", kafka);
        requirePort("postgres", postgres);
        requirePort("redis", redis);
        requirePort("registry", registry);
    }

    /** A free port for every server. */
    public static Ports free() {
        return new Ports(0, 0, 0, 0);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new LocalStackException(name + " port: " + port + " (expected: 0 to pick a free one, or 1 to 65535)");
        }
    }
}
