package dev.earshot.api.postgres;

import dev.earshot.api.domain.Participant;
import dev.earshot.api.domain.SearchHit;
import dev.earshot.api.domain.SpokenWord;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.TranscriptEntry.Account;
import dev.earshot.api.domain.TranscriptEntry.Kind;
import dev.earshot.api.feed.TranscriptStore;
import dev.earshot.schema.TranscriptTable;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Transcripts as the aggregator wrote them. */
public final class PostgresTranscripts implements TranscriptStore {

    /**
     * A transcript that is not whole and to which nothing was added for this long is not waited for. Far more than the fold
     * waits for recognition that lags (its {@code SESSION_PATIENCE}), before it says itself that the rest is missing.
     */
    private static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(15);

    /** Whether every session of meeting {@code m} in which audio began is accounted for to its end. */
    static final String IS_WHOLE = "not exists (select 1 from earshot.meeting_sessions x where x.meeting_id = m.id"
            + " and x.session_start_time is not null and not exists (select 1 from " + TranscriptTable.SEGMENTS + " c"
            + " where c.meeting_id = m.id and c.kind = 'COMPLETE' and c.session_uid = x.session_uid))";

    private static final String ENDING = "select coalesce(n.seq, 0) as last, m.status in ('completed', 'failed') and"
            + " (greatest(m.end_time, n.confirmed_at) < :given_up or (exists (select 1 from " + TranscriptTable.SEGMENTS
            + " s where s.meeting_id = m.id and s.kind = 'STATUS' and s.status in ('completed', 'failed')) and "
            + IS_WHOLE
            + ")) as ended from earshot.meetings m left join lateral (select s.seq, s.confirmed_at from "
            + TranscriptTable.SEGMENTS + " s where s.meeting_id = m.id order by s.seq desc limit 1) n on true"
            + " where m.id = :meeting";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String SELECT = "select * from " + TranscriptTable.SEGMENTS + " where meeting_id = :meeting ";

    private final DatabaseClient client;

    public PostgresTranscripts(Database database) {
        this.client = database.client();
    }

    @Override
    public Flux<TranscriptEntry> after(long meetingId, long cursor, int limit) {
        return client.sql(SELECT + "and seq > :cursor order by seq limit :limit")
                .bind("meeting", meetingId)
                .bind("cursor", cursor)
                .bind("limit", limit)
                .map(PostgresTranscripts::entry)
                .all();
    }

    @Override
    public Flux<TranscriptEntry> newest(long meetingId, int limit) {
        return client.sql(SELECT + "order by seq desc limit :limit")
                .bind("meeting", meetingId)
                .bind("limit", limit)
                .map(PostgresTranscripts::entry)
                .all()
                .sort(Comparator.comparingLong(TranscriptEntry::seq));
    }

    @Override
    public Mono<About> about(long meetingId) {
        return client.sql(
                        "select user_id, platform, native_meeting_id, status from earshot.meetings m where id = :meeting"
                                + " and not exists (select 1 from " + TranscriptTable.DELETED
                                + " d where d.meeting_id = m.id)")
                .bind("meeting", meetingId)
                .map(row -> new About(
                        meetingId,
                        Rows.longs(row, "user_id"),
                        Rows.text(row, "platform"),
                        row.get("native_meeting_id", String.class),
                        Rows.text(row, "status")))
                .one();
    }

    @Override
    public Flux<Long> deleted(Collection<Long> meetingIds) {
        return client.sql("select meeting_id from " + TranscriptTable.DELETED + " where meeting_id = any(:meetings)")
                .bind("meetings", meetingIds.toArray(Long[]::new))
                .map(row -> Rows.longs(row, "meeting_id"))
                .all();
    }

    @Override
    public Mono<Ending> ending(long meetingId, Instant now) {
        return client.sql(ENDING)
                .bind("meeting", meetingId)
                .bind("given_up", now.minus(GIVEN_UP_AFTER))
                .map(row -> new Ending(Boolean.TRUE.equals(row.get("ended", Boolean.class)), Rows.longs(row, "last")))
                .one();
    }

    /** Who spoke, most first; everybody without a name is one. */
    public Flux<Participant> participants(long meetingId) {
        return client.sql("select coalesce(nullif(btrim(speaker), ''), 'Unknown') as name, count(*) as segments,"
                        + " min(session_started_at + start_ms * interval '1 millisecond') as first_seen,"
                        + " max(session_started_at + end_ms * interval '1 millisecond') as last_seen,"
                        + " sum(end_ms - start_ms)::bigint as speaking_ms from " + TranscriptTable.SEGMENTS
                        + " where meeting_id = :meeting and kind = 'SEGMENT' group by 1 order by 2 desc, 1")
                .bind("meeting", meetingId)
                .map(row -> new Participant(
                        Rows.text(row, "name"),
                        Rows.longs(row, "segments"),
                        row.get("first_seen", Instant.class),
                        row.get("last_seen", Instant.class),
                        Rows.longs(row, "speaking_ms")))
                .all();
    }

    /** Where a user's meetings say a text, newest first; the case of letters does not matter. */
    public Flux<SearchHit> search(long userId, String text, @Nullable Long meetingId, int offset, int limit) {
        return client.sql("select s.*, m.platform, m.native_meeting_id, m.data->>'name' as title from "
                        + TranscriptTable.SEGMENTS + " s join earshot.meetings m on m.id = s.meeting_id"
                        + " where m.user_id = :user and (:meeting::bigint is null or m.id = :meeting)"
                        + " and s.kind = 'SEGMENT' and s.text ilike :text"
                        + " order by s.confirmed_at desc, s.meeting_id desc, s.seq desc offset :offset limit :limit")
                .bind("user", userId)
                .bind("meeting", Parameters.in(R2dbcType.BIGINT, meetingId))
                .bind("text", Rows.containing(text))
                .bind("offset", offset)
                .bind("limit", limit)
                .map(row -> new SearchHit(
                        Rows.text(row, "platform"),
                        row.get("native_meeting_id", String.class),
                        row.get("title", String.class),
                        entry(row)))
                .all();
    }

    private static TranscriptEntry entry(Readable row) {
        Kind kind = kind(Rows.text(row, "kind"));
        return new TranscriptEntry(
                Rows.longs(row, "meeting_id"),
                Rows.longs(row, "seq"),
                kind,
                row.get("session_uid", String.class),
                Rows.text(row, "segment_id"),
                row.get("track_id", String.class),
                row.get("participant_id", String.class),
                row.get("speaker", String.class),
                Rows.longs(row, "start_ms"),
                Rows.longs(row, "end_ms"),
                row.get("session_started_at", Instant.class),
                Rows.text(row, "text"),
                words(Objects.requireNonNull(row.get("words", Json.class), "words")),
                row.get("language", String.class),
                row.get("status", String.class),
                row.get("reason", String.class),
                kind == Kind.COMPLETE ? account(row) : null,
                null,
                null,
                Rows.instant(row, "confirmed_at"));
    }

    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElse(Kind.UNKNOWN);
    }

    private static Account account(Readable row) {
        return new Account(
                orZero(row.get("captured_ms", Long.class)),
                orZero(row.get("transcribed_ms", Long.class)),
                orZero(row.get("silent_ms", Long.class)),
                orZero(row.get("missing_ms", Long.class)));
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static List<SpokenWord> words(Json json) {
        var words = new ArrayList<SpokenWord>();
        for (JsonNode word : MAPPER.readTree(json.asArray())) {
            JsonNode confidence = word.get("confidence");
            words.add(new SpokenWord(
                    word.path("text").asString(""),
                    word.path("start_ms").asLong(0),
                    word.path("end_ms").asLong(0),
                    confidence == null || confidence.isNull() ? null : confidence.floatValue()));
        }
        return words;
    }
}
