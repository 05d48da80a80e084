package dev.earshot.segment.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a PostgreSQL database is and who we are there. Shows itself without the password. */
public record DatabaseUrl(String host, int port, String database, String user, String password) {

    private static final String EXPECTED = "(expected: postgresql://user:password@host:port/database)";
    private static final int DEFAULT_PORT = 5432;

    /**
     * Reads {@code postgresql://user:password@host:port/database}; {@code postgres://} does too, the port may be left out, and
     * user, password and database may be percent-encoded. Takes what the API takes: both are given the same variable.
     */
    public static DatabaseUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw refused("not a URL, wrong at character " + (e.getIndex() + 1));
        }
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            throw refused(uri.getScheme() == null ? "no scheme" : "scheme " + uri.getScheme());
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            // One that asks for TLS must not get a connection without.
            throw refused("parameters are not taken, sslmode neither");
        }
        String database = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("^/", "");
        if (uri.getHost() == null || database.isEmpty()) {
            throw refused(uri.getHost() == null ? "no host" : "no database");
        }
        String[] login = loginOf(uri.getRawUserInfo());
        return new DatabaseUrl(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                decode(database),
                decode(login[0]),
                decode(login[1]));
    }

    private static String[] loginOf(@Nullable String userInfo) {
        if (userInfo == null || userInfo.isEmpty() || userInfo.startsWith(":")) {
            throw refused("no user");
        }
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new String[] {userInfo, ""}
                : new String[] {userInfo.substring(0, colon), userInfo.substring(colon + 1)};
    }

    /** Repeats nothing of the URL that could be the password, not even as the cause of an exception. */
    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("DATABASE_URL: " + what + " " + EXPECTED);
    }

    /** Percent-decoding as in a path: a plus is a plus. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    String jdbcUrl() {
        String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + bracketed + ":" + port + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }
}
