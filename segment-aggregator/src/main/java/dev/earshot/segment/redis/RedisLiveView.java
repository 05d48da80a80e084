package dev.earshot.segment.redis;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.LiveView;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.segment.port.AggregatorEvents;
import dev.earshot.segment.port.AggregatorEvents.Sink;
import dev.earshot.segment.reactor.BatchWriter;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * Keeps Redis showing what may still change, as {@link LiveView} lays it out, and brings it back when Redis has lost it.
 *
 * <p>Reads uncommitted: changing text does not wait for a transaction. While Redis is away the same records are tried again
 * and nothing more is read. A key of our own in Redis tells that it was emptied: when the key is gone, everything pending is
 * written again.
 */
public final class RedisLiveView implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisLiveView.class);

    private static final String GROUP = "segment-aggregator-redis";
    private static final int BATCH_SIZE = 500;

    /** Tracks a command: Redis serves nobody else meanwhile, a millisecond at most. */
    private static final int TRACKS_AT_ONCE = 100;

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PROBE_LIFE = Duration.ofMinutes(1);

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final LiveViewWriter writer;
    private final AggregatorEvents events;
    private final CurrentTracks tracks = new CurrentTracks();
    private final byte[] probe = LiveViewWriter.bytes("earshot:live-probe:" + UUID.randomUUID());
    private final Disposable.Composite work = Disposables.composite();

    private RedisLiveView(
            RedisClient client,
            StatefulRedisConnection<byte[], byte[]> connection,
            EventLog eventLog,
            AggregatorEvents events) {
        this.client = client;
        this.connection = connection;
        this.writer = new LiveViewWriter(connection.reactive());
        this.events = events;
        var group = Subscription.group(GROUP)
                .readUncommitted()
                .withMaxPollRecords(BATCH_SIZE)
                .onPartitions(this::forget, this::forget);
        work.add(BatchWriter.keepWriting(
                        eventLog.receive(eventLog.topics().live(), group), BATCH_SIZE, this::write, this::restarts)
                .subscribe());
        work.add(Flux.interval(PROBE_INTERVAL)
                .onBackpressureDrop()
                .concatMap(tick -> rebuildIfLost(), 1)
                .doOnError(this::restarts)
                .retry()
                .subscribe());
    }

    /** Connects and starts writing. Throws {@link LiveViewException} with one sentence when Redis is not there. Blocking. */
    public static RedisLiveView launch(String redisUrl, EventLog eventLog, AggregatorEvents events) {
        RedisURI uri = address(redisUrl);
        uri.setTimeout(COMMAND_TIMEOUT);
        RedisClient client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                // Retries are ours: a queue of commands in the client would only hide that Redis is away.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(COMMAND_TIMEOUT))
                .build());
        try {
            return new RedisLiveView(client, client.connect(ByteArrayCodec.INSTANCE), eventLog, events);
        } catch (RedisException e) {
            client.shutdown();
            throw new LiveViewException(
                    "Redis not usable at " + uri.getHost() + ":" + uri.getPort() + " (" + reason(e)
                            + "); is it running, and is REDIS_URL right?",
                    e);
        }
    }

    /** Checks {@code redis://[user:password@]host[:port][/database]}. */
    public static RedisURI address(String redisUrl) {
        try {
            return RedisURI.create(redisUrl);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "REDIS_URL: not a Redis address (expected: redis://host:port/database)", e);
        }
    }

    /** Whether records are being written, or tried again. */
    public boolean isRunning() {
        return !work.isDisposed();
    }

    private Mono<Void> write(List<Received<TranscriptLive>> batch) {
        Map<String, TranscriptLive> newest = new LinkedHashMap<>();
        batch.forEach(record ->
                newest.put(record.value().getMeetingId() + '/' + record.value().getTrackId(), record.value()));
        return writeAll(newest.values()).retryWhen(whileAway()).then(Mono.fromRunnable(() -> {
            batch.forEach(
                    record -> tracks.put(record.partition(), record.value(), record::isHeld, record::acknowledge));
            events.written(
                    Sink.REDIS, batch.size(), Duration.between(batch.get(0).producedAt(), Instant.now()));
        }));
    }

    private Mono<Void> writeAll(Collection<TranscriptLive> records) {
        return Flux.fromIterable(records)
                .buffer(TRACKS_AT_ONCE)
                .concatMap(writer::write)
                .then();
    }

    /** Renews our key; when it was gone, Redis was emptied. */
    private Mono<Void> rebuildIfLost() {
        return connection
                .reactive()
                .setGet(probe, new byte[] {1}, SetArgs.Builder.ex(PROBE_LIFE))
                .hasElement()
                .flatMap(wasThere -> wasThere ? Mono.<Void>empty() : rebuild())
                // Redis is away: the next probe finds out what it kept.
                .onErrorResume(RedisException.class, away -> Mono.empty());
    }

    private Mono<Void> rebuild() {
        List<TranscriptLive> all = tracks.all();
        return writeAll(all)
                .doOnSuccess(done -> {
                    events.liveViewRebuilt(all.size());
                    log.info("redis_live_view rebuilt tracks={}", all.size());
                })
                // Not rebuilt: without our key the next probe tries again.
                .onErrorResume(
                        RedisException.class,
                        failure -> connection.reactive().del(probe).then());
    }

    private RetryBackoffSpec whileAway() {
        return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                .maxBackoff(Duration.ofSeconds(2))
                .doBeforeRetry(retry -> {
                    events.retried(Sink.REDIS);
                    log.warn(
                            "redis_live_view retries={} reason=\"{}\"",
                            retry.totalRetries() + 1,
                            reason(retry.failure()));
                });
    }

    private void restarts(Throwable failure) {
        events.restarted(Sink.REDIS);
        log.error("redis_live_view failed, beginning again with what is not acknowledged", failure);
    }

    private void forget(Collection<Integer> partitions) {
        tracks.forget(partitions);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }

    /** The live view stays as it is; its keys expire. */
    @Override
    public void close() {
        work.dispose();
        connection.close();
        client.shutdown();
    }
}
