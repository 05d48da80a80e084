package dev.earshot.api.postgres;

import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.TokenRow;
import dev.earshot.api.domain.User;
import dev.earshot.api.domain.WrongKeys;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Users and their API keys. Thread-safe. */
public final class Accounts {

    private static final String USER_COLUMNS = "id, email, name, image_url, max_concurrent_bots, data, created_at";
    private static final String TOKEN_COLUMNS = "id, user_id, scopes, name, created_at, last_used_at, expires_at";

    /** A change of a user: null leaves a field as it is. */
    public record UserChange(
            @Nullable String name,
            @Nullable String imageUrl,
            @Nullable Integer maxConcurrentBots,
            @Nullable Map<String, Object> data) {}

    /** Whoever is refused and does not look at the answer tries again for longer than this. */
    private static final Duration WRONG_FOR = Duration.ofSeconds(30);

    private static final int WRONG_KEYS = 10_000;

    private final WrongKeys wrong = new WrongKeys(WRONG_KEYS, WRONG_FOR);
    private final DatabaseClient client;

    public Accounts(Database database) {
        this.client = database.client();
    }

    /** Makes an account; empty when the address has one. */
    public Mono<User> create(String email, UserChange details) {
        return bind(
                        client.sql("insert into earshot.users (email, name, image_url, max_concurrent_bots, data)"
                                + " values (:email, :name, :image_url, coalesce(:max_bots, 1), coalesce(:data, '{}'))"
                                + " on conflict do nothing returning " + USER_COLUMNS),
                        details)
                .bind("email", email)
                .map(Accounts::user)
                .one();
    }

    public Mono<User> byEmail(String email) {
        return client.sql("select " + USER_COLUMNS + " from earshot.users where lower(email) = lower(:email)")
                .bind("email", email)
                .map(Accounts::user)
                .one();
    }

    public Mono<User> byId(long id) {
        return client.sql("select " + USER_COLUMNS + " from earshot.users where id = :id")
                .bind("id", id)
                .map(Accounts::user)
                .one();
    }

    public Flux<User> list(int skip, int limit) {
        return client.sql("select " + USER_COLUMNS + " from earshot.users order by id offset :skip limit :limit")
                .bind("skip", skip)
                .bind("limit", limit)
                .map(Accounts::user)
                .all();
    }

    /** Empty when there is no such user. */
    public Mono<User> change(long id, UserChange change) {
        return bind(
                        client.sql("update earshot.users set name = coalesce(:name, name),"
                                + " image_url = coalesce(:image_url, image_url),"
                                + " max_concurrent_bots = coalesce(:max_bots, max_concurrent_bots),"
                                + " data = coalesce(:data, data) where id = :id returning " + USER_COLUMNS),
                        change)
                .bind("id", id)
                .map(Accounts::user)
                .one();
    }

    /** Sets members of the open-ended part of an account; null removes one. Empty when there is no such user. */
    public Mono<User> annotate(long id, Map<String, ? extends @Nullable Object> change) {
        return client.sql("update earshot.users set data = jsonb_strip_nulls(data || :change)"
                        + " where id = :id returning " + USER_COLUMNS)
                .bind("change", JsonColumn.write(change))
                .bind("id", id)
                .map(Accounts::user)
                .one();
    }

    public Mono<TokenRow> addToken(
            long userId, String hash, List<String> scopes, @Nullable String name, @Nullable Instant expiresAt) {
        return client.sql("insert into earshot.api_tokens (user_id, hash, scopes, name, expires_at)"
                        + " values (:user, :hash, :scopes, :name, :expires) returning " + TOKEN_COLUMNS)
                .bind("user", userId)
                .bind("hash", hash)
                .bind("scopes", scopes.toArray(String[]::new))
                .bind("name", Parameters.in(R2dbcType.VARCHAR, name))
                .bind("expires", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, expiresAt))
                .map(Accounts::token)
                .one();
    }

    public Flux<TokenRow> tokens(long userId) {
        return client.sql("select " + TOKEN_COLUMNS + " from earshot.api_tokens where user_id = :user order by id")
                .bind("user", userId)
                .map(Accounts::token)
                .all();
    }

    /** False when there was no such token. */
    public Mono<Boolean> deleteToken(long id) {
        return client.sql("delete from earshot.api_tokens where id = :id")
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    /**
     * Who owns the key of that hash; empty when nobody does or it has expired. Asks Postgres for every key that is right, and
     * for a wrong one now and then.
     */
    public Mono<Caller> caller(String hash) {
        return Mono.defer(() -> wrong.contains(hash, System.nanoTime()) ? Mono.empty() : owner(hash));
    }

    private Mono<Caller> owner(String hash) {
        return client.sql("select t.id, t.scopes, u.id as user_id, u.email, u.max_concurrent_bots,"
                        + " t.last_used_at is null or t.last_used_at < now() - interval '1 minute' as stale"
                        + " from earshot.api_tokens t join earshot.users u on u.id = t.user_id"
                        + " where t.hash = :hash and (t.expires_at is null or t.expires_at > now())")
                .bind("hash", hash)
                .map(row -> new Found(
                        Rows.longs(row, "id"),
                        Boolean.TRUE.equals(row.get("stale", Boolean.class)),
                        new Caller(
                                Rows.longs(row, "user_id"),
                                Rows.text(row, "email"),
                                Set.of(Rows.texts(row, "scopes")),
                                Rows.integer(row, "max_concurrent_bots"))))
                .one()
                .flatMap(found -> found.stale ? touch(found.tokenId).thenReturn(found.caller) : Mono.just(found.caller))
                .switchIfEmpty(Mono.fromRunnable(() -> wrong.add(hash, System.nanoTime())));
    }

    private record Found(long tokenId, boolean stale, Caller caller) {}

    private Mono<Void> touch(long tokenId) {
        return client.sql("update earshot.api_tokens set last_used_at = now() where id = :id")
                .bind("id", tokenId)
                .then();
    }

    private static DatabaseClient.GenericExecuteSpec bind(DatabaseClient.GenericExecuteSpec spec, UserChange change) {
        Map<String, Object> data = change.data();
        var bound = spec.bind("name", Parameters.in(R2dbcType.VARCHAR, change.name()))
                .bind("image_url", Parameters.in(R2dbcType.VARCHAR, change.imageUrl()))
                .bind("max_bots", Parameters.in(R2dbcType.INTEGER, change.maxConcurrentBots()));
        return data == null ? bound.bindNull("data", Json.class) : bound.bind("data", JsonColumn.write(data));
    }

    private static User user(Readable row) {
        return new User(
                Rows.longs(row, "id"),
                Rows.text(row, "email"),
                row.get("name", String.class),
                row.get("image_url", String.class),
                Rows.integer(row, "max_concurrent_bots"),
                Rows.json(row, "data"),
                Rows.instant(row, "created_at"));
    }

    private static TokenRow token(Readable row) {
        return new TokenRow(
                Rows.longs(row, "id"),
                Rows.longs(row, "user_id"),
                List.of(Rows.texts(row, "scopes")),
                row.get("name", String.class),
                Rows.instant(row, "created_at"),
                row.get("last_used_at", Instant.class),
                row.get("expires_at", Instant.class));
    }
}
