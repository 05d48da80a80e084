package dev.earshot.schema;

/**
 * Where the transcript rests in Postgres. The aggregator writes it, the API reads it, and both bring it to the newest shape
 * at start: the migrations below are shared as the records on the topics are.
 */
public final class TranscriptTable {

    /** Postgres schema that holds the table and Flyway's history of it. */
    public static final String SCHEMA = "transcript";

    /** Flyway location of the migrations, inside this module's jar. */
    public static final String MIGRATIONS = "classpath:dev/earshot/schema/sql";

    /** The table's full name. */
    public static final String SEGMENTS = SCHEMA + ".segment";

    /** Meetings whose transcript was deleted, in column {@code meeting_id}: nothing more is to be written of them. */
    public static final String DELETED = SCHEMA + ".deleted";

    private TranscriptTable() {}
}
