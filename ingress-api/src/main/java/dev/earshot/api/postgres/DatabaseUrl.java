package dev.earshot.api.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Postgres is: {@code postgresql://user:password@host:port/database}.
 *
 * @param password null when the server asks for none
 */
public record DatabaseUrl(String host, int port, String database, String user, @Nullable String password) {

    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");
    private static final int DEFAULT_PORT = 5432;

    /**
     * The port may be left out; user, password and database may be percent-encoded. Takes what the segment aggregator takes, for
     * both are given the same variable. Throws {@link IllegalArgumentException} with a sentence for people, without the password.
     */
    public static DatabaseUrl parse(String text) {
        try {
            URI uri = new URI(text);
            String path = String.valueOf(uri.getRawPath());
            String[] login = String.valueOf(uri.getRawUserInfo()).split(":", 2);
            if (!SCHEMES.contains(String.valueOf(uri.getScheme()))
                    || uri.getHost() == null
                    || path.length() < 2
                    || uri.getRawUserInfo() == null
                    || login[0].isEmpty()) {
                throw refused("cannot be read");
            }
            if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
                // One that asks for TLS must not get a connection without.
                throw refused("takes no parameters, sslmode neither");
            }
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            return new DatabaseUrl(
                    uri.getHost(),
                    port,
                    decode(path.substring(1)),
                    decode(login[0]),
                    login.length > 1 ? decode(login[1]) : null);
        } catch (URISyntaxException e) {
            throw refused("cannot be read");
        }
    }

    public String jdbc() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** Host, port and database, for messages: no secret in it. */
    public String place() {
        return host + ":" + port + "/" + database;
    }

    /** Says to people that nothing can be done there, and why. */
    public IllegalStateException unusable(Throwable why) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = String.valueOf(root.getMessage()).lines().findFirst().orElse("no answer");
        return new IllegalStateException(
                "PostgreSQL cannot be used at " + place() + " (" + reason
                        + "); is it running, and is DATABASE_URL right?",
                why);
    }

    @Override
    public String toString() {
        return "postgresql://" + user + "@" + place();
    }

    /** Percent-decoding as in a path: a plus is a plus. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(
                "DATABASE_URL " + what + " (expected: postgresql://user:password@host:port/database)");
    }
}
