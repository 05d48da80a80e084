package dev.earshot.segment.postgres;

import dev.earshot.schema.TranscriptTable;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Brings the transcript's table to its newest shape. Blocking; safe to run from several processes at once. */
final class TranscriptMigration {

    private static final long RETRY_PAUSE_MS = 200;
    private static final int ATTEMPTS = 3;

    private TranscriptMigration() {}

    /** Waits for the database for so long, then migrates; throws {@link DatabaseException} with one sentence. */
    static void run(DatabaseUrl url, Duration startTimeout) {
        awaitDatabase(url, startTimeout);
        var flyway = Flyway.configure(TranscriptMigration.class.getClassLoader())
                .dataSource(url.jdbcUrl(), url.user(), url.password())
                .schemas(TranscriptTable.SCHEMA)
                .createSchemas(true)
                .locations(TranscriptTable.MIGRATIONS)
                .load();
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                // Another process may have created the schema between our look and our attempt.
                if (attempt == ATTEMPTS) {
                    throw new DatabaseException(
                            "the transcript's table cannot be made in " + url + " (" + firstLine(e)
                                    + "); may the user create schemas and tables there?",
                            e);
                }
            }
        }
    }

    private static void awaitDatabase(DatabaseUrl url, Duration startTimeout) {
        long deadline = System.nanoTime() + startTimeout.toNanos();
        while (true) {
            try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), properties(url, startTimeout))) {
                return;
            } catch (SQLException e) {
                if (!isAway(e) || System.nanoTime() > deadline) {
                    throw new DatabaseException(sentence(url, e), e);
                }
                pause(url);
            }
        }
    }

    private static Properties properties(DatabaseUrl url, Duration startTimeout) {
        var properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("connectTimeout", Long.toString(Math.max(1, startTimeout.toSeconds())));
        properties.setProperty("ApplicationName", "earshot-segment-aggregator");
        return properties;
    }

    /** Connection failures (class 08), and a server that is starting or stopping (57P). */
    private static boolean isAway(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static String sentence(DatabaseUrl url, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("28")) {
            return "PostgreSQL at " + url + " refuses user " + url.user()
                    + ": are the user and the password in DATABASE_URL right?";
        }
        if ("3D000".equals(state)) {
            return "PostgreSQL at " + url + " has no database " + url.database()
                    + ": create it, or correct DATABASE_URL";
        }
        return "PostgreSQL not reachable at " + url + " (" + firstLine(e)
                + "); is it running, and is DATABASE_URL right?";
    }

    private static @Nullable String firstLine(Exception e) {
        if (e.getCause() instanceof UnknownHostException) {
            return "there is no host of that name";
        }
        return e.getMessage() == null
                ? null
                : e.getMessage().lines().findFirst().orElse("");
    }

    private static void pause(DatabaseUrl url) {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while waiting for PostgreSQL at " + url, e);
        }
    }
}
