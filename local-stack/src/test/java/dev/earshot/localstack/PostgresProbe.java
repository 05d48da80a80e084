package dev.earshot.localstack;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Speaks JDBC to a database URL. */
final class PostgresProbe {

    private PostgresProbe() {}

    static void execute(String databaseUrl, String sql) throws SQLException {
        try (Connection connection = connect(databaseUrl)) {
            connection.createStatement().execute(sql);
        }
    }

    static int queryInt(String databaseUrl, String sql) throws SQLException {
        return Integer.parseInt(queryText(databaseUrl, sql));
    }

    static String queryText(String databaseUrl, String sql) throws SQLException {
        try (Connection connection = connect(databaseUrl);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(String databaseUrl) throws SQLException {
        URI uri = URI.create(databaseUrl);
        String[] user = uri.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), user[0], user[1]);
    }
}
