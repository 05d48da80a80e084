package dev.earshot.api.postgres;

import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The links that open a meeting's text to whoever has them. Thread-safe. */
public final class ShareLinks {

    private final DatabaseClient client;

    public ShareLinks(Database database) {
        this.client = database.client();
    }

    public Mono<Void> add(String hash, long meetingId, Instant expiresAt) {
        return client.sql("insert into earshot.share_links (hash, meeting_id, expires_at)"
                        + " values (:hash, :meeting, :expires)")
                .bind("hash", hash)
                .bind("meeting", meetingId)
                .bind("expires", expiresAt)
                .then();
    }

    /** The meeting that a link opens; empty when there is no such link, or none any more. */
    public Mono<Long> meeting(String hash, Instant now) {
        return client.sql("select meeting_id from earshot.share_links where hash = :hash and expires_at > :now")
                .bind("hash", hash)
                .bind("now", now)
                .map(row -> Rows.longs(row, "meeting_id"))
                .one();
    }

    /** Forgets the links that open nothing any more. */
    public Mono<Void> sweep(Instant now) {
        return client.sql("delete from earshot.share_links where expires_at <= :now")
                .bind("now", now)
                .then();
    }
}
