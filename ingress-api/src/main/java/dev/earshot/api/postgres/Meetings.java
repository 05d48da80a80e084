package dev.earshot.api.postgres;

import dev.earshot.api.domain.BotRequest;
import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.MeetingStatus;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.StatusChange;
import dev.earshot.api.domain.Verdict;
import dev.earshot.schema.TranscriptTable;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Meetings and their sessions. Thread-safe. */
public final class Meetings {

    private static final String COLUMNS =
            "id, user_id, platform, native_meeting_id, status, bot_name, start_time, end_time,"
                    + " data, created_at, updated_at";
    private static final String COUNTED = "('requested', 'joining', 'awaiting_admission', 'active')";
    private static final String LIVE = "('requested', 'joining', 'awaiting_admission', 'needs_human_help', 'active')";

    /** Which meetings of a user to list; null does not restrict. */
    public record Filter(
            @Nullable String status, @Nullable String platform, @Nullable String search, int offset, int limit) {}

    /** A bot's stay in a meeting. */
    public record Stay(Meeting meeting, String sessionUid) {}

    private final DatabaseClient client;
    private final TransactionalOperator transactions;

    private final WebhookOutbox outbox;

    public Meetings(Database database, WebhookOutbox outbox) {
        this.outbox = outbox;
        this.client = database.client();
        this.transactions = database.transactions();
    }

    /**
     * Makes the meeting of a bot, in status requested, with its first session. Fails with {@link RefusedException} when the
     * user has a live bot in that meeting or as many bots as allowed.
     */
    public Mono<Meeting> request(Caller caller, BotRequest bot, String sessionUid, Map<String, Object> data) {
        // The user's row is locked first: what is counted afterwards holds until the insert is committed.
        return client.sql("select max_concurrent_bots from earshot.users where id = :user for update")
                .bind("user", caller.userId())
                .map(row -> Rows.integer(row, "max_concurrent_bots"))
                .one()
                .flatMap(allowed -> refuseDuplicate(caller, bot)
                        .then(refuseOverQuota(caller, allowed))
                        .then(Mono.defer(() -> insert(caller, bot, sessionUid, data))))
                .as(transactions::transactional)
                .onErrorMap(DataIntegrityViolationException.class, e -> duplicate());
    }

    private Mono<Void> refuseDuplicate(Caller caller, BotRequest bot) {
        return client.sql("select 1 from earshot.meetings where user_id = :user and platform = :platform"
                        + " and native_meeting_id = :native and status in " + LIVE)
                .bind("user", caller.userId())
                .bind("platform", bot.address().platform().wire())
                .bind("native", bot.address().nativeMeetingId())
                .fetch()
                .first()
                .flatMap(row -> Mono.error(duplicate()));
    }

    private Mono<Void> refuseOverQuota(Caller caller, int allowed) {
        if (allowed <= 0) {
            return Mono.error(new RefusedException(
                    403, "Concurrent bot quota is depleted (limit is 0). Contact your administrator to increase it."));
        }
        return client.sql("select count(*) as n from earshot.meetings where user_id = :user and status in " + COUNTED)
                .bind("user", caller.userId())
                .map(row -> Rows.longs(row, "n"))
                .one()
                .flatMap(n -> n < allowed
                        ? Mono.empty()
                        : Mono.error(new RefusedException(
                                403, "Concurrent bot limit reached (" + n + "/" + allowed + ").")));
    }

    private Mono<Meeting> insert(Caller caller, BotRequest bot, String sessionUid, Map<String, Object> data) {
        return client.sql("with made as (insert into earshot.meetings"
                        + " (user_id, platform, native_meeting_id, status, data)"
                        + " values (:user, :platform, :native, 'requested', :data) returning id),"
                        + " session as (insert into earshot.meeting_sessions (session_uid, meeting_id)"
                        + " select :session, id from made) select id from made")
                .bind("user", caller.userId())
                .bind("platform", bot.address().platform().wire())
                .bind("native", bot.address().nativeMeetingId())
                .bind("data", JsonColumn.write(data))
                .bind("session", sessionUid)
                .map(row -> Rows.longs(row, "id"))
                .one()
                .flatMap(id -> client.sql(
                                "update earshot.meetings set bot_name = :bot where id = :id returning " + COLUMNS)
                        .bind("bot", "earshot-bot-" + id + "-" + sessionUid.substring(0, 8))
                        .bind("id", id)
                        .map(Meetings::meeting)
                        .one());
    }

    private static RefusedException duplicate() {
        return new RefusedException(
                409, "An active or requested meeting already exists for this platform and meeting ID");
    }

    public Mono<Meeting> byId(long id) {
        return client.sql("select " + COLUMNS + " from earshot.meetings where id = :id")
                .bind("id", id)
                .map(Meetings::meeting)
                .one();
    }

    /** A user's meetings, newest first. */
    public Flux<Meeting> list(long userId, Filter filter) {
        String search = filter.search();
        return client.sql("select " + COLUMNS + " from earshot.meetings where user_id = :user and (:status::text is"
                        + " null or status = :status) and (:platform::text is null or platform ="
                        + " :platform) and (:search::text is null or native_meeting_id ilike"
                        + " :search or data->>'name' ilike :search) order by created_at desc, id"
                        + " desc offset :offset limit :limit")
                .bind("user", userId)
                .bind("status", Parameters.in(R2dbcType.VARCHAR, filter.status()))
                .bind("platform", Parameters.in(R2dbcType.VARCHAR, filter.platform()))
                .bind("search", Parameters.in(R2dbcType.VARCHAR, search == null ? null : Rows.containing(search)))
                .bind("offset", filter.offset())
                .bind("limit", filter.limit())
                .map(Meetings::meeting)
                .all();
    }

    /** All meetings that a user ever had under a platform's id, newest first. */
    public Flux<Meeting> byNativeId(long userId, String platform, String nativeId) {
        return client.sql("select " + COLUMNS + " from earshot.meetings where user_id = :user and platform = :platform"
                        + " and native_meeting_id = :native order by created_at desc, id desc")
                .bind("user", userId)
                .bind("platform", platform)
                .bind("native", nativeId)
                .map(Meetings::meeting)
                .all();
    }

    /** A user's meetings that are not over, newest first. */
    public Flux<Meeting> open(long userId) {
        return client.sql("select " + COLUMNS + " from earshot.meetings where user_id = :user"
                        + " and status not in ('completed', 'failed') order by created_at desc, id desc")
                .bind("user", userId)
                .map(Meetings::meeting)
                .all();
    }

    /**
     * Moves a meeting as it was reported, or as the {@link Verdict} is, and notes whom to tell. Empty when no such move is
     * allowed, when it is none, and when there is no such meeting.
     */
    public Mono<Meeting> move(long id, StatusChange reported) {
        return locked(id)
                .flatMap(before -> decided(before, reported).flatMap(change -> move(before, change)))
                .as(transactions::transactional);
    }

    /** In one transaction: whoever is to be told of a move is told if and only if it was made. */
    private Mono<Meeting> move(Meeting before, StatusChange change) {
        return Mono.justOrEmpty(before.moved(change))
                .flatMap(this::write)
                .flatMap(moved -> outbox.moved(before.status(), moved, change).thenReturn(moved));
    }

    private Mono<StatusChange> decided(Meeting meeting, StatusChange reported) {
        if (!Verdict.asksForText(meeting, reported)) {
            return Mono.just(Verdict.of(meeting, reported, true));
        }
        return client.sql("select exists (select 1 from " + TranscriptTable.SEGMENTS
                        + " where meeting_id = :id and kind = 'SEGMENT') as has_text")
                .bind("id", meeting.id())
                .map(row -> Verdict.of(meeting, reported, Boolean.TRUE.equals(row.get("has_text", Boolean.class))))
                .one();
    }

    /** Meetings whose bot should be in there, and that have not moved for so long, with their bot's session. */
    public Flux<Stay> stays(Duration unmoved) {
        return client.sql("select m.*, (select s.session_uid from earshot.meeting_sessions s where s.meeting_id = m.id"
                        + " order by s.created_at limit 1) as session_uid from earshot.meetings m"
                        + " where m.status in ('joining', 'awaiting_admission', 'needs_human_help', 'active')"
                        + " and m.updated_at < now() - make_interval(secs => :secs)")
                .bind("secs", unmoved.toMillis() / 1000.0)
                .map(row -> new Stay(meeting(row), String.valueOf(row.get("session_uid", String.class))))
                .all();
    }

    /** A meeting that nobody else can change until the transaction ends in which it was read. */
    Mono<Meeting> locked(long id) {
        return client.sql("select " + COLUMNS + " from earshot.meetings where id = :id for update")
                .bind("id", id)
                .map(Meetings::meeting)
                .one();
    }

    /** Sets members of a meeting's open-ended rest. */
    public Mono<Meeting> annotate(long id, Map<String, Object> change) {
        return client.sql("update earshot.meetings set data = data || :change, updated_at = now()"
                        + " where id = :id returning " + COLUMNS)
                .bind("change", JsonColumn.write(change))
                .bind("id", id)
                .map(Meetings::meeting)
                .one();
    }

    private Mono<Meeting> write(Meeting meeting) {
        return client.sql("update earshot.meetings set status = :status, start_time = :start, end_time = :end,"
                        + " data = :data, updated_at = now() where id = :id returning " + COLUMNS)
                .bind("status", meeting.status().wire())
                .bind("start", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, meeting.startTime()))
                .bind("end", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, meeting.endTime()))
                .bind("data", JsonColumn.write(meeting.data()))
                .bind("id", meeting.id())
                .map(Meetings::meeting)
                .one();
    }

    /** Remembers that the user wants the meeting to end. */
    public Mono<Void> noteStopRequest(long id) {
        return client.sql("update earshot.meetings set data = data || '{\"stop_requested\": true}' where id = :id")
                .bind("id", id)
                .then();
    }

    /** Remembers a session and when its audio began; does nothing when there is no such meeting. */
    public Mono<Void> noteSession(long meetingId, String sessionUid, Instant startedAt) {
        return client.sql("insert into earshot.meeting_sessions (session_uid, meeting_id, session_start_time)"
                        + " select :session, id, :started from earshot.meetings where id = :id"
                        + " on conflict (session_uid) do update set session_start_time = excluded.session_start_time")
                .bind("session", sessionUid)
                .bind("started", startedAt)
                .bind("id", meetingId)
                .then();
    }

    /**
     * The session of a meeting's bot: the first, made with the meeting. Audio that others bring into the meeting later has
     * sessions of its own, in which nobody takes orders.
     */
    public Mono<String> botSession(long meetingId) {
        return client.sql("select session_uid from earshot.meeting_sessions where meeting_id = :id"
                        + " order by created_at limit 1")
                .bind("id", meetingId)
                .map(row -> Rows.text(row, "session_uid"))
                .one();
    }

    /**
     * Takes the meetings that have stood in a status for too long, for whoever asks first: nobody else gets them again
     * until as much time has passed once more.
     */
    public Flux<Meeting> takeStuck(MeetingStatus status, Duration tooLong) {
        return client.sql("update earshot.meetings set data = data || jsonb_build_object('swept_at', now())"
                        + " where status = :status and updated_at < now() - make_interval(secs => :secs)"
                        + " and (data->>'swept_at' is null"
                        + " or (data->>'swept_at')::timestamptz < now() - make_interval(secs => :secs))"
                        + " returning " + COLUMNS)
                .bind("status", status.wire())
                .bind("secs", tooLong.toMillis() / 1000.0)
                .map(Meetings::meeting)
                .all();
    }

    static Meeting meeting(Readable row) {
        Optional<MeetingStatus> status = MeetingStatus.of(Rows.text(row, "status"));
        return new Meeting(
                Rows.longs(row, "id"),
                Rows.longs(row, "user_id"),
                Rows.text(row, "platform"),
                row.get("native_meeting_id", String.class),
                status.orElse(MeetingStatus.COMPLETED),
                row.get("bot_name", String.class),
                row.get("start_time", Instant.class),
                row.get("end_time", Instant.class),
                Rows.json(row, "data"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
