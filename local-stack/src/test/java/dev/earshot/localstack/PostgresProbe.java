package dev.earshot.localstack;

import java.net.URI;

/** Turns the stack's database URL into a JDBC one. */
final class PostgresProbe {

    private PostgresProbe() {}

    static String jdbcUrl(String databaseUrl) {
        URI uri = URI.create(databaseUrl);
        String[] user = uri.getUserInfo().split(":", 2);
        return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath() + "?user=" + user[0]
                + "&password=" + user[1];
    }
}
