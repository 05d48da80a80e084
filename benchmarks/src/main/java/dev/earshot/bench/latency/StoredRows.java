package dev.earshot.bench.latency;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What Postgres holds of some meetings. */
public final class StoredRows implements AutoCloseable {

    private final Connection connection;
    private final java.sql.Array meetings;

    public StoredRows(String databaseUrl, Collection<Long> meetingIds) throws SQLException {
        URI uri = URI.create(databaseUrl);
        String[] user = uri.getUserInfo().split(":", 2);
        connection = DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), user[0], user[1]);
        meetings = connection.createArrayOf("bigint", meetingIds.toArray());
    }

    /** How many sessions of these meetings are whole. */
    int completeSessions() throws SQLException {
        try (ResultSet rows =
                query("select count(*) from transcript.segment where kind = 'COMPLETE'" + " and meeting_id = any(?)")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Audio that became text or is known to be silence, of all that was captured, over all whole sessions. */
    double coverage() throws SQLException {
        try (ResultSet rows = query("select sum(transcribed_ms + silent_ms)::float8 / sum(captured_ms)"
                + " from transcript.segment where kind = 'COMPLETE' and meeting_id = any(?)")) {
            rows.next();
            double coverage = rows.getDouble(1);
            return rows.wasNull() ? Double.NaN : coverage;
        }
    }

    /** When each segment's row was written, wall clock in microseconds since the epoch, by segment id. */
    public Map<String, Long> writtenAt() throws SQLException {
        try (ResultSet rows = query("select segment_id, (extract(epoch from written_at) * 1000000)::bigint"
                + " from transcript.segment where kind = 'SEGMENT' and meeting_id = any(?)")) {
            var writtenAt = new HashMap<String, Long>();
            while (rows.next()) {
                writtenAt.put(rows.getString(1), rows.getLong(2));
            }
            return writtenAt;
        }
    }

    private ResultSet query(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.closeOnCompletion();
        statement.setArray(1, meetings);
        return statement.executeQuery();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
