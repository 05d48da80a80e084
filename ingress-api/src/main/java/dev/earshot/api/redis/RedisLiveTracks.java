package dev.earshot.api.redis;

import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.feed.LiveTracks;
import dev.earshot.schema.LiveView;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the live view. While Redis is away there is no text from it, and nothing else suffers: the view holds only what the
 * topic says anew within a second or two. Connects when first asked. Thread-safe.
 */
public final class RedisLiveTracks implements LiveTracks, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisLiveTracks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RedisClient client;
    private final Function<byte[], Optional<LiveTrack>> decoder;
    private final Mono<StatefulRedisConnection<String, byte[]>> connection;

    /**
     * @param url {@code redis://host:port/db}
     * @param decoder reads a value; empty when it is of no meeting of ours
     */
    public RedisLiveTracks(String url, Function<byte[], Optional<LiveTrack>> decoder) {
        RedisURI uri = RedisURI.create(url);
        this.client = RedisClient.create(uri);
        // A request while Redis is away fails at once instead of waiting for it in a queue without bound.
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        this.decoder = decoder;
        this.connection = Mono.fromCompletionStage(
                        () -> client.connectAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), uri))
                .cacheInvalidateIf(connection -> !connection.isOpen());
    }

    @Override
    public Flux<LiveTrack> of(long meetingId) {
        return connection
                .flatMapMany(open -> open.reactive().hgetall(LiveView.key(Long.toString(meetingId))))
                .mapNotNull(field ->
                        field.hasValue() ? decoder.apply(field.getValue()).orElse(null) : null)
                .timeout(PATIENCE)
                .onErrorResume(error -> {
                    log.warn("live_view_unreadable meeting_id={} reason=\"{}\"", meetingId, error.toString());
                    return Flux.empty();
                });
    }

    /** Takes a meeting out of the view. While Redis is away it goes by itself, when its time to live has passed. */
    public Mono<Void> forget(long meetingId) {
        return connection
                .flatMap(open -> open.reactive().del(LiveView.key(Long.toString(meetingId))))
                .timeout(PATIENCE)
                .onErrorResume(error -> {
                    log.warn("live_view_not_forgotten meeting_id={} reason=\"{}\"", meetingId, error.toString());
                    return Mono.empty();
                })
                .then();
    }

    /** Whether Redis answers; an error when it does not. */
    public Mono<Void> check() {
        return connection
                .flatMap(open -> open.reactive().ping())
                .timeout(PATIENCE)
                .then();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, PATIENCE);
    }
}
