package dev.earshot.api;

import static org.awaitility.Awaitility.await;

import dev.earshot.api.postgres.DatabaseUrl;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.LiveView;
import dev.earshot.schema.avro.BotClaim;
import dev.earshot.schema.avro.BotClaimState;
import dev.earshot.schema.avro.LiveSegment;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Stands in for the aggregator: what it says of one meeting goes to the topics, to Postgres and to Redis. */
final class TranscriptWriter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EventLog log;
    private final String meetingId;
    private final String session;
    private final Instant startedAt = now();
    private final Connection postgres;
    private final RedisClient redis;
    private final Map<String, Long> revisions = new HashMap<>();
    private long seq;

    TranscriptWriter(EventLog log, String databaseUrl, String redisUrl, long meetingId, String session) {
        this.log = log;
        this.meetingId = Long.toString(meetingId);
        this.session = session;
        this.redis = RedisClient.create(redisUrl);
        DatabaseUrl url = DatabaseUrl.parse(databaseUrl);
        try {
            this.postgres = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In the session of the meeting's bot. */
    static TranscriptWriter of(TestApi api, long meetingId) {
        return new TranscriptWriter(
                api.eventLog(),
                api.stack().databaseUrl(),
                api.stack().redisUrl(),
                meetingId,
                api.query(
                        "select session_uid from earshot.meeting_sessions where meeting_id = " + meetingId
                                + " order by created_at limit 1",
                        row -> row.getString(1)));
    }

    String session() {
        return session;
    }

    String segmentId(String track, long startMs) {
        return session + ":" + track + ":" + startMs;
    }

    /** The bot is let in and begins to hear; waits until the API knows. */
    void begin() {
        event(MeetingEventType.STATUS_CHANGED, "joining", null);
        event(MeetingEventType.STATUS_CHANGED, "active", null);
        event(MeetingEventType.SESSION_STARTED, null, null);
        await().atMost(PATIENCE).until(this::isActive);
    }

    private boolean isActive() throws SQLException {
        try (var select = postgres.prepareStatement("select status from earshot.meetings where id = ?")) {
            select.setLong(1, Long.parseLong(meetingId));
            var rows = select.executeQuery();
            return rows.next() && rows.getString("status").equals("active");
        }
    }

    /** The bot goes, and the transcript is whole. */
    void end() {
        event(MeetingEventType.STATUS_CHANGED, "completed", "stopped");
        complete();
        status("completed", "stopped");
    }

    /** The bot says how its meeting stands. */
    void event(MeetingEventType type, @Nullable String status, @Nullable String reason) {
        MeetingEvent event = MeetingEvent.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(session)
                .setType(type)
                .setOccurredAt(now())
                .setStatus(status)
                .setReason(reason)
                .build();
        log.publisher(log.topics().meetingEvents()).publish(meetingId, event).block();
    }

    /** The node of the bot says four times a second that it lives, until closed. */
    Heart heartbeats() {
        var beats = new AtomicLong();
        var beating = Flux.interval(Duration.ZERO, Duration.ofMillis(250))
                .onBackpressureDrop()
                .concatMap(tick -> log.publisher(log.topics().botClaims())
                        .publish(
                                meetingId,
                                BotClaim.newBuilder()
                                        .setMeetingId(meetingId)
                                        .setSessionUid(session)
                                        .setNode("test")
                                        .setEpoch(0)
                                        .setState(BotClaimState.CLAIMED)
                                        .setHeartbeatAt(now())
                                        .build())
                        .doOnSuccess(position -> beats.incrementAndGet()))
                .subscribe();
        return new Heart(beats, beating);
    }

    /** A heart that beats until it is closed. */
    record Heart(AtomicLong count, Disposable beating) implements AutoCloseable {

        long beats() {
            return count.get();
        }

        @Override
        public void close() {
            beating.dispose();
        }
    }

    LiveSegment text(String track, long startMs, long endMs, String text, boolean completed) {
        return LiveSegment.newBuilder()
                .setSegmentId(segmentId(track, startMs))
                .setRevision(1)
                .setCompleted(completed)
                .setStartMs(startMs)
                .setEndMs(endMs)
                .setText(text)
                .setLanguage("en")
                .setStartCapturedAt(startedAt.plusMillis(startMs))
                .setEndCapturedAt(startedAt.plusMillis(endMs))
                .build();
    }

    /** What a track shows now. */
    void live(String track, @Nullable String speaker, List<LiveSegment> pending, List<String> confirmed) {
        TranscriptLive record = TranscriptLive.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(session)
                .setTrackId(session + ":" + track)
                .setRevision(revisions.merge(track, 1L, Long::sum))
                .setSpeaker(speaker)
                .setSessionStartedAt(startedAt)
                .setPending(pending)
                .setConfirmed(confirmed)
                .build();
        try (var connection = redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))) {
            byte[] value = new byte[TranscriptLive.getEncoder().encode(record).remaining()];
            TranscriptLive.getEncoder().encode(record).get(value);
            connection.sync().hset(LiveView.key(meetingId), record.getTrackId(), value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log.publisher(log.topics().live()).publish(meetingId, record).block();
    }

    /** An entry, on the topic and in Postgres; its cursor. */
    long say(String track, @Nullable String speaker, long startMs, long endMs, String text) {
        TranscriptSegment entry = speech(track, speaker, startMs, endMs, text);
        publish(entry);
        insert(entry);
        return entry.getSeq();
    }

    TranscriptSegment speech(String track, @Nullable String speaker, long startMs, long endMs, String text) {
        return entry(TranscriptKind.SEGMENT, segmentId(track, startMs))
                .setTrackId(session + ":" + track)
                .setSpeaker(speaker)
                .setStartMs(startMs)
                .setEndMs(endMs)
                .setText(text)
                .setLanguage("en")
                .setEndCapturedAt(startedAt.plusMillis(endMs))
                .build();
    }

    void gap(String track, long startMs, long endMs, String reason) {
        TranscriptSegment entry = entry(TranscriptKind.GAP, segmentId(track, startMs) + ":gap")
                .setTrackId(session + ":" + track)
                .setStartMs(startMs)
                .setEndMs(endMs)
                .setReason(reason)
                .build();
        publish(entry);
        insert(entry);
    }

    void status(String status, @Nullable String reason) {
        TranscriptSegment entry = entry(TranscriptKind.STATUS, session + ":status:" + (seq + 1))
                .setStatus(status)
                .setReason(reason)
                .build();
        publish(entry);
        insert(entry);
    }

    void complete() {
        TranscriptSegment entry = entry(TranscriptKind.COMPLETE, session + ":complete")
                .setCapturedMs(10_000L)
                .setTranscribedMs(6_000L)
                .setSilentMs(4_000L)
                .setMissingMs(0L)
                .build();
        publish(entry);
        insert(entry);
    }

    void publish(TranscriptSegment entry) {
        log.publisher(log.topics().segments()).publish(meetingId, entry).block();
    }

    void insert(TranscriptSegment entry) {
        try (var insert = postgres.prepareStatement(
                "insert into transcript.segment (meeting_id, segment_id, seq, kind, revision, session_uid, track_id,"
                        + " speaker, start_ms, end_ms, session_started_at, text, words, language, status, reason,"
                        + " captured_ms, transcribed_ms, silent_ms, missing_ms, confirmed_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, '[]', ?, ?, ?, ?, ?, ?, ?,"
                        + " ?::timestamptz)")) {
            Object[] values = {
                Long.valueOf(meetingId),
                entry.getSegmentId(),
                entry.getSeq(),
                entry.getKind().name(),
                entry.getRevision(),
                entry.getSessionUid(),
                entry.getTrackId(),
                entry.getSpeaker(),
                entry.getStartMs(),
                entry.getEndMs(),
                startedAt.toString(),
                entry.getText(),
                entry.getLanguage(),
                entry.getStatus(),
                entry.getReason(),
                entry.getCapturedMs(),
                entry.getTranscribedMs(),
                entry.getSilentMs(),
                entry.getMissingMs(),
                entry.getConfirmedAt().toString()
            };
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The meeting's rows, in the order of their cursor. */
    List<CutOffIT.Said> stored() {
        try (var select = postgres.prepareStatement(
                "select seq, kind, speaker, text from transcript.segment where meeting_id = ? order by seq")) {
            select.setLong(1, Long.parseLong(meetingId));
            var rows = select.executeQuery();
            var stored = new ArrayList<CutOffIT.Said>();
            while (rows.next()) {
                stored.add(new CutOffIT.Said(
                        rows.getLong("seq"),
                        rows.getString("kind"),
                        rows.getString("speaker"),
                        rows.getString("text")));
            }
            return stored;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private TranscriptSegment.Builder entry(TranscriptKind kind, String segmentId) {
        return TranscriptSegment.newBuilder()
                .setMeetingId(meetingId)
                .setSeq(++seq)
                .setKind(kind)
                .setSessionUid(session)
                .setSegmentId(segmentId)
                .setSessionStartedAt(startedAt)
                .setConfirmedAt(now());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        redis.shutdown();
        try {
            postgres.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
