package dev.earshot.api.app;

import dev.earshot.api.postgres.DatabaseUrl;
import picocli.CommandLine.Option;

/** Where PostgreSQL is; mixed into every command that needs it. */
final class DatabaseOption {

    @Option(
            names = "--database",
            paramLabel = "URL",
            defaultValue = "${env:DATABASE_URL:-postgresql://earshot:earshot@localhost:5432/earshot}",
            description = "PostgreSQL, postgresql://user:password@host:port/database (DATABASE_URL)")
    private String url = "";

    String text() {
        return url;
    }

    /** Throws {@link IllegalArgumentException} with a sentence for people. */
    DatabaseUrl parsed() {
        return DatabaseUrl.parse(url);
    }
}
