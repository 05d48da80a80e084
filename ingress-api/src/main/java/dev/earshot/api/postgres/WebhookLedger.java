package dev.earshot.api.postgres;

import dev.earshot.api.domain.WebhookDelivery;
import dev.earshot.api.domain.WebhookDelivery.Outcome;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What became of telling users, and telling them once more. Thread-safe. */
public final class WebhookLedger {

    /** What was to be told, and could not. */
    public static final Set<Outcome> UNTOLD = Set.of(Outcome.FAILED, Outcome.BLOCKED);

    private static final String MATCHING = " (:user::bigint is null or d.user_id = :user)"
            + " and (cardinality(:outcomes::text[]) = 0 or d.outcome = any(:outcomes))"
            + " and (:since::timestamptz is null or d.created_at >= :since)"
            + " and (cardinality(:events::text[]) = 0 or d.event_id = any(:events))";

    /**
     * Which deliveries are meant: those for which all of it holds.
     *
     * @param userId whose; null for anybody's
     * @param outcomes one of these; empty for any
     * @param since not older than this; null for any age
     * @param eventIds one of these; empty for any
     */
    public record Filter(@Nullable Long userId, Set<Outcome> outcomes, @Nullable Instant since, Set<String> eventIds) {}

    private final DatabaseClient client;

    public WebhookLedger(Database database) {
        this.client = database.client();
    }

    /** Newest first. */
    public Flux<WebhookDelivery> newest(Filter filter, int limit) {
        return matching(
                        "select d.*, u.email from earshot.webhook_deliveries d join earshot.users u on u.id = d.user_id"
                                + " where" + MATCHING + " order by d.id desc limit :limit",
                        filter)
                .bind("limit", limit)
                .map(WebhookLedger::delivery)
                .all();
    }

    public Mono<Long> count(Filter filter) {
        return matching("select count(*) as n from earshot.webhook_deliveries d where" + MATCHING, filter)
                .map(row -> Rows.longs(row, "n"))
                .one();
    }

    /** Puts them back into the outbox, whatever became of them, under their ids; how many that are. */
    public Mono<Long> redeliver(Filter filter) {
        return matching(
                        "update earshot.webhook_deliveries d set outcome = 'queued', attempts = 0, queued_at = now(),"
                                + " next_attempt_at = now(), finished_at = null where" + MATCHING,
                        filter)
                .fetch()
                .rowsUpdated();
    }

    private GenericExecuteSpec matching(String sql, Filter filter) {
        return client.sql(sql)
                .bind("user", Parameters.in(R2dbcType.BIGINT, filter.userId()))
                .bind(
                        "outcomes",
                        filter.outcomes().stream().map(WebhookLedger::wire).toArray(String[]::new))
                .bind("since", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, filter.since()))
                .bind("events", filter.eventIds().toArray(String[]::new));
    }

    private static WebhookDelivery delivery(Readable row) {
        return new WebhookDelivery(
                Rows.text(row, "event_id"),
                Rows.text(row, "event_type"),
                Rows.text(row, "email"),
                Rows.longs(row, "meeting_id"),
                Outcome.valueOf(Rows.text(row, "outcome").toUpperCase(Locale.ROOT)),
                Rows.integer(row, "attempts"),
                Rows.instant(row, "created_at"),
                row.get("next_attempt_at", Instant.class),
                row.get("finished_at", Instant.class),
                row.get("last_status", Integer.class),
                row.get("last_error", String.class));
    }

    static String wire(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
