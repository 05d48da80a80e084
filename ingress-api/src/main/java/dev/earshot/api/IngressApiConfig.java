package dev.earshot.api;

import dev.earshot.api.postgres.DatabaseUrl;
import java.net.URI;

/**
 * What the API needs to know to start. The constructor throws {@link IllegalArgumentException} with a sentence for people.
 *
 * @param host address to listen on
 * @param port of the public API and the page, 0 for any free one
 * @param adminPort of administration and metrics, 0 for any free one
 * @param databaseUrl {@code postgresql://user:password@host:port/database}
 * @param redisUrl {@code redis://host:port/db}
 * @param adminToken what {@code X-Admin-API-Key} must say; also the secret that stream tokens are signed with, so all
 *     nodes have the same
 * @param rules what it allows, and how long it waits
 */
public record IngressApiConfig(
        String host, int port, int adminPort, String databaseUrl, String redisUrl, String adminToken, ApiRules rules) {

    private static final int SHORTEST_ADMIN_TOKEN = 16;
    private static final int LAST_PORT = 65_535;

    public IngressApiConfig {
        checkPort("API_PORT", port);
        checkPort("ADMIN_PORT", adminPort);
        if (port != 0 && port == adminPort) {
            throw new IllegalArgumentException(
                    "API_PORT and ADMIN_PORT: both " + port + " (expected: two different ports)");
        }
        DatabaseUrl.parse(databaseUrl);
        checkRedis(redisUrl);
        if (adminToken.length() < SHORTEST_ADMIN_TOKEN) {
            throw new IllegalArgumentException(
                    "ADMIN_API_TOKEN: " + adminToken.length() + " characters (expected: at least "
                            + SHORTEST_ADMIN_TOKEN + "; make one with: openssl rand -hex 24)");
        }
    }

    @Override
    public String toString() {
        // The token is a secret and the URLs may hold some.
        return "IngressApiConfig[host=" + host + ", port=" + port + ", adminPort=" + adminPort + "]";
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException(name + ": " + port + " (expected: 0 to " + LAST_PORT + ")");
        }
    }

    private static void checkRedis(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("redis")) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // Told below, without repeating what may hold a password.
        }
        throw new IllegalArgumentException("REDIS_URL cannot be read (expected: redis://host:port/db)");
    }
}
