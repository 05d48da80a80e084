package dev.earshot.segment;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.localstack.LocalStack;
import dev.earshot.schema.LiveView;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.segment.postgres.DatabaseUrl;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.specific.SpecificRecord;

/** The real servers of the module's integration tests, and the ways to look into them. One of each per JVM. */
public final class Servers {

    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final LocalStack STACK = LocalStack.shared();
    private static final EventLog LOG = EventLog.open(
            EventLogConfig.of(STACK.bootstrapServers(), STACK.schemaRegistryUrl(), "segment-aggregator-it"),
            Topics.of(1, 4));

    static {
        LOG.createTopics();
    }

    private Servers() {}

    public static LocalStack stack() {
        return STACK;
    }

    public static EventLog log() {
        return LOG;
    }

    public static DatabaseUrl database() {
        return DatabaseUrl.parse(STACK.databaseUrl());
    }

    /** A meeting that no other test uses. */
    public static String newMeeting() {
        return Long.toString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }

    public static <V extends SpecificRecord> void publish(Topic<V> topic, String key, V value) {
        LOG.publisher(topic).publish(key, value).block(PATIENCE);
    }

    public static void hear(AsrHypothesis hypothesis) {
        publish(LOG.topics().hypotheses(), hypothesis.getMeetingId(), hypothesis);
    }

    /** One column of a meeting's rows, in the order of the cursor; empty as long as there is no table. */
    public static List<String> rows(String meeting, String column) {
        return query("select " + column + " from transcript.segment where meeting_id = " + meeting + " order by seq");
    }

    public static List<String> query(String sql) {
        var values = new ArrayList<String>();
        try (Connection connection = connect();
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    private static Connection connect() throws SQLException {
        DatabaseUrl url = database();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.host() + ":" + url.port() + "/" + url.database(),
                url.user(),
                url.password());
    }

    /** The live view of a meeting by track. */
    public static Map<String, TranscriptLive> liveView(String meeting) {
        RedisClient client = RedisClient.create(STACK.redisUrl());
        try (var connection = client.connect(ByteArrayCodec.INSTANCE)) {
            var view = new HashMap<String, TranscriptLive>();
            connection
                    .sync()
                    .hgetall(LiveView.key(meeting).getBytes(StandardCharsets.UTF_8))
                    .forEach((track, value) -> view.put(new String(track, StandardCharsets.UTF_8), decode(value)));
            return view;
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    public static void flushRedis() {
        RedisClient client = RedisClient.create(STACK.redisUrl());
        try (var connection = client.connect()) {
            connection.sync().flushall();
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    private static TranscriptLive decode(byte[] value) {
        dev.earshot.schema.Records.trust();
        try {
            return TranscriptLive.getDecoder().decode(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
