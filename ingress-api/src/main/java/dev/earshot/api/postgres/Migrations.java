package dev.earshot.api.postgres;

import dev.earshot.schema.TranscriptTable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the database to the shape that this version needs. Blocking; harmless when it is there already. */
public final class Migrations {

    /** Postgres schema of accounts and meetings. */
    static final String SCHEMA = "earshot";

    private static final int ATTEMPTS = 3;

    private Migrations() {}

    /** Throws {@link IllegalStateException} with a sentence for people when the database cannot be used. */
    public static void run(DatabaseUrl url) {
        migrate(url, SCHEMA, "classpath:dev/earshot/api/sql");
        migrate(url, TranscriptTable.SCHEMA, TranscriptTable.MIGRATIONS);
    }

    private static void migrate(DatabaseUrl url, String schema, String location) {
        var flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(url.jdbc(), url.user(), url.password())
                .schemas(schema)
                .locations(location)
                .load();
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                // The aggregator may be creating the same schema at the same moment; the second look finds it done.
                if (attempt == ATTEMPTS) {
                    throw url.unusable(e);
                }
            }
        }
    }
}
