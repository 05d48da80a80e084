package dev.earshot.api.postgres;

import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.MeetingStatus;
import dev.earshot.api.domain.StatusChange;
import dev.earshot.api.domain.WebhookDelivery.Outcome;
import dev.earshot.api.domain.WebhookEvent;
import dev.earshot.api.domain.WebhookSettings;
import dev.earshot.schema.TranscriptTable;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * What users are to be told, and what became of it. An event is written down in the transaction in which it happens, and
 * sent afterwards by whichever node takes it first. Thread-safe.
 */
public final class WebhookOutbox {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration LEDGER = Duration.ofDays(30);

    /** Transcripts that became whole longer ago are not told of any more. */
    private static final Duration NEWS = Duration.ofDays(1);

    /**
     * A delivery that is due, taken by us.
     *
     * @param attempts this one included
     * @param settings where to send it; empty when the user wants no webhooks any more
     */
    public record Due(
            long id, String eventId, String body, int attempts, Instant queuedAt, Optional<WebhookSettings> settings) {}

    private final DatabaseClient client;

    public WebhookOutbox(Database database) {
        this.client = database.client();
    }

    /** Notes whom to tell of a move; part of the transaction that makes it. */
    Mono<Void> moved(MeetingStatus from, Meeting moved, StatusChange change) {
        return settings(moved.userId()).flatMap(settings -> session(moved.id())
                .flatMapIterable(session -> WebhookEvent.of(from, moved, change, session))
                .concatMap(event -> note(moved, event, settings))
                .then());
    }

    /** Notes whom to tell of transcripts that will not grow any more. */
    public Mono<Void> noteReadyTranscripts(Instant now) {
        return client.sql("select m.* from earshot.meetings m join earshot.users u on u.id = m.user_id"
                        + " where m.status in ('completed', 'failed') and m.end_time > :oldest"
                        + " and m.native_meeting_id is not null and jsonb_exists(u.data, 'webhook_url')"
                        + " and not exists (select 1 from earshot.webhook_deliveries d"
                        + "  where d.meeting_id = m.id and d.event_type = '" + WebhookEvent.TRANSCRIPT_READY + "')"
                        + " and exists (select 1 from " + TranscriptTable.SEGMENTS + " s"
                        + "  where s.meeting_id = m.id and s.kind = 'COMPLETE') and " + PostgresTranscripts.IS_WHOLE
                        + " order by m.id limit 100")
                .bind("oldest", now.minus(NEWS))
                .map(Meetings::meeting)
                .all()
                .collectList()
                .flatMapIterable(meetings -> meetings)
                .concatMap(meeting -> settings(meeting.userId()).flatMap(settings -> session(meeting.id())
                        .flatMap(session ->
                                note(meeting, WebhookEvent.transcriptReady(meeting, session, now), settings))))
                .then();
    }

    private Mono<Void> note(Meeting meeting, WebhookEvent event, WebhookSettings settings) {
        boolean wanted = settings.wants(event.type());
        if (!wanted && event.type().equals(WebhookEvent.STATUS_CHANGE)) {
            // There are many of them: the ledger would hold little else.
            return Mono.empty();
        }
        return client.sql("insert into earshot.webhook_deliveries"
                        + " (user_id, meeting_id, event_id, event_type, body, outcome, next_attempt_at, finished_at)"
                        + " values (:user, :meeting, :event, :type, :body, :outcome,"
                        + " case when :wanted then now() end, case when not :wanted then now() end)"
                        + " on conflict (user_id, event_id) do nothing")
                .bind("user", meeting.userId())
                .bind("meeting", meeting.id())
                .bind("event", event.id())
                .bind("type", event.type())
                .bind("body", MAPPER.writeValueAsString(event.envelope()))
                .bind("outcome", WebhookLedger.wire(wanted ? Outcome.QUEUED : Outcome.SUPPRESSED))
                .bind("wanted", wanted)
                .then();
    }

    private Mono<WebhookSettings> settings(long userId) {
        return client.sql("select data from earshot.users where id = :user")
                .bind("user", userId)
                .map(row -> WebhookSettings.of(Rows.json(row, "data")))
                .one()
                .flatMap(Mono::justOrEmpty);
    }

    /** The first session, which every meeting has: an event's id must not depend on when it is asked for. */
    private Mono<String> session(long meetingId) {
        return client.sql("select session_uid from earshot.meeting_sessions where meeting_id = :meeting"
                        + " order by created_at, session_uid limit 1")
                .bind("meeting", meetingId)
                .map(row -> Rows.text(row, "session_uid"))
                .one()
                .defaultIfEmpty("meeting-" + meetingId);
    }

    /**
     * Takes what is due; nobody else gets it for as long as the lease lasts. Whoever took it and is gone before it was settled
     * may have sent it: it is sent again, under the same id.
     */
    public Flux<Due> takeDue(int limit, Duration lease) {
        return client.sql("update earshot.webhook_deliveries d set attempts = d.attempts + 1,"
                        + " next_attempt_at = now() + make_interval(secs => :lease) from earshot.users u"
                        + " where u.id = d.user_id and d.id in (select id from earshot.webhook_deliveries"
                        + "  where outcome = 'queued' and next_attempt_at <= now() order by next_attempt_at"
                        + "  limit :limit for update skip locked)"
                        + " returning d.id, d.event_id, d.body, d.attempts, d.queued_at, u.data")
                .bind("lease", lease.toMillis() / 1000.0)
                .bind("limit", limit)
                .map(row -> new Due(
                        Rows.longs(row, "id"),
                        Rows.text(row, "event_id"),
                        Rows.text(row, "body"),
                        Rows.integer(row, "attempts"),
                        Rows.instant(row, "queued_at"),
                        WebhookSettings.of(Rows.json(row, "data"))))
                .all();
    }

    /** What became of a delivery for good. */
    public Mono<Void> settle(long id, Outcome outcome, @Nullable Integer status, @Nullable String error) {
        return note(id, outcome, status, error, null);
    }

    /** It is sent once more, at that time. */
    public Mono<Void> postpone(long id, Instant next, @Nullable Integer status, @Nullable String error) {
        return note(id, Outcome.QUEUED, status, error, next);
    }

    private Mono<Void> note(
            long id, Outcome outcome, @Nullable Integer status, @Nullable String error, @Nullable Instant next) {
        return client.sql("update earshot.webhook_deliveries set outcome = :outcome, last_status = :status,"
                        + " last_error = :error, next_attempt_at = :next,"
                        + " finished_at = case when :outcome = 'queued' then null else now() end where id = :id")
                .bind("outcome", WebhookLedger.wire(outcome))
                .bind("status", Parameters.in(R2dbcType.INTEGER, status))
                .bind("error", Parameters.in(R2dbcType.VARCHAR, error))
                .bind("next", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, next))
                .bind("id", id)
                .then();
    }

    /** Forgets the ledger of long ago. */
    public Mono<Void> sweep(Instant now) {
        return client.sql("delete from earshot.webhook_deliveries where created_at < :oldest")
                .bind("oldest", now.minus(LEDGER))
                .then();
    }
}
