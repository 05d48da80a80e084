package dev.earshot.api.postgres;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Requests that came with an idempotency key, and how they were answered. Thread-safe. */
public final class IdempotentRequests {

    /** A request that has not been answered after this long was lost with its node. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(2);

    private static final Duration KEPT_FOR = Duration.ofHours(24);

    /** Whose request it is: a user's, or the administrator's (0); and the hash of the key that came with it. */
    public record Name(long owner, String keyHash) {}

    /** What is known of a request. */
    public sealed interface Known {

        /** It is the first of that name: answer it, then call {@link #answered} or {@link #forget}. */
        record First() implements Known {}

        /** It is being answered. */
        record Running() implements Known {}

        /** The name was used for another request. */
        record Other() implements Known {}

        /** It was answered like this. */
        record Answered(int status, @Nullable String contentType, byte[] body) implements Known {}
    }

    private final DatabaseClient client;

    public IdempotentRequests(Database database) {
        this.client = database.client();
    }

    /** Takes a name for a request, or says what is known of it. */
    public Mono<Known> begin(Name name, String requestHash) {
        return client.sql("insert into earshot.idempotent_requests as r (owner, key_hash, request_hash)"
                        + " values (:owner, :key, :request) on conflict (owner, key_hash) do update"
                        + " set request_hash = excluded.request_hash, created_at = now()"
                        + " where r.status is null and r.created_at < now() - make_interval(secs => :lost)"
                        + " returning owner")
                .bind("owner", name.owner())
                .bind("key", name.keyHash())
                .bind("request", requestHash)
                .bind("lost", (double) GIVEN_UP_AFTER.toSeconds())
                .map(row -> (Known) new Known.First())
                .one()
                .switchIfEmpty(Mono.defer(() -> known(name, requestHash)));
    }

    private Mono<Known> known(Name name, String requestHash) {
        return client.sql("select request_hash, status, content_type, body from earshot.idempotent_requests"
                        + " where owner = :owner and key_hash = :key")
                .bind("owner", name.owner())
                .bind("key", name.keyHash())
                .map(row -> {
                    if (!Rows.text(row, "request_hash").equals(requestHash)) {
                        return new Known.Other();
                    }
                    Integer status = row.get("status", Integer.class);
                    if (status == null) {
                        return new Known.Running();
                    }
                    ByteBuffer body = Objects.requireNonNull(row.get("body", ByteBuffer.class), "body");
                    byte[] bytes = new byte[body.remaining()];
                    body.get(bytes);
                    return (Known) new Known.Answered(status, row.get("content_type", String.class), bytes);
                })
                .one()
                // Forgotten between the two looks: the caller may come again.
                .defaultIfEmpty(new Known.Running());
    }

    /** Keeps the answer for a day. */
    public Mono<Void> answered(Name name, int status, @Nullable String contentType, byte[] body) {
        return client.sql("update earshot.idempotent_requests set status = :status, content_type = :type, body = :body"
                        + " where owner = :owner and key_hash = :key")
                .bind("status", status)
                .bind("type", Parameters.in(R2dbcType.VARCHAR, contentType))
                .bind("body", ByteBuffer.wrap(body))
                .bind("owner", name.owner())
                .bind("key", name.keyHash())
                .then();
    }

    /** Gives the name free again: the request had no effect. */
    public Mono<Void> forget(Name name) {
        return client.sql("delete from earshot.idempotent_requests"
                        + " where owner = :owner and key_hash = :key and status is null")
                .bind("owner", name.owner())
                .bind("key", name.keyHash())
                .then();
    }

    /** Forgets what is older than a day. */
    public Mono<Void> sweep() {
        return client.sql("delete from earshot.idempotent_requests"
                        + " where created_at < now() - make_interval(secs => :kept)")
                .bind("kept", (double) KEPT_FOR.toSeconds())
                .then();
    }
}
