package dev.earshot.segment.postgres;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.port.AggregatorEvents;
import dev.earshot.segment.port.AggregatorEvents.Sink;
import dev.earshot.segment.reactor.BatchWriter;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * Writes transcript entries to PostgreSQL, many in one statement, and acknowledges them when they are committed.
 *
 * <p>While PostgreSQL is away the same batch is tried again and nothing more is read, so nothing is lost and nothing grows.
 * An entry that PostgreSQL will never take goes to the dead letters alone; its neighbours are written.
 */
public final class PostgresSink implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresSink.class);

    private static final String GROUP = "segment-aggregator-postgres";

    /** Most rows a statement: 2000 are hardly faster than 500, and make a batch wait longer for its retry. */
    public static final int BATCH_SIZE = 1000;

    /** Some hundred entries, or a tenth of a second: each has waited two seconds already to become one. */
    public static final int FETCH_BYTES = 64 * 1024;

    /** One writes; the other is there when a dead one is still being given up. */
    public static final int CONNECTIONS = 2;

    /** Classes of SQLSTATE that are the entry's fault. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "54");

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

    private final EventLog eventLog;
    private final AggregatorEvents events;
    private final ConnectionPool pool;
    private final RetryBackoffSpec whileAway;
    private final Disposable writing;

    private PostgresSink(DatabaseUrl url, EventLog eventLog, AggregatorEvents events) {
        this.eventLog = eventLog;
        this.events = events;
        this.pool = pool(url);
        this.whileAway = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                .maxBackoff(Duration.ofSeconds(5))
                .filter(failure -> !isFaultOfEntry(failure))
                .doBeforeRetry(retry -> away(url, retry));
        var group = Subscription.group(GROUP).withMaxPollRecords(BATCH_SIZE).withMinFetchBytes(FETCH_BYTES);
        this.writing = BatchWriter.keepWriting(
                        eventLog.receive(eventLog.topics().segments(), group), BATCH_SIZE, this::write, this::restarts)
                .subscribe();
    }

    /** Brings the table to its newest shape and starts writing. Throws {@link DatabaseException}. Blocking. */
    public static PostgresSink launch(
            DatabaseUrl url, Duration startTimeout, EventLog eventLog, AggregatorEvents events) {
        TranscriptMigration.run(url, startTimeout);
        return new PostgresSink(url, eventLog, events);
    }

    /** Whether entries are being written, or tried again. */
    public boolean isRunning() {
        return !writing.isDisposed();
    }

    private Mono<Void> write(List<Received<TranscriptSegment>> batch) {
        var possible = new ArrayList<Received<TranscriptSegment>>(batch.size());
        Mono<Void> refusals = Mono.empty();
        for (Received<TranscriptSegment> record : batch) {
            try {
                SegmentUpsert.validate(record.value());
                possible.add(record);
            } catch (IllegalArgumentException e) {
                refusals = refusals.then(refuse(record, e));
            }
        }
        return refusals.then(upsert(possible)).then(Mono.fromRunnable(() -> acknowledge(batch)));
    }

    /** Writes all, or halves the batch until those that PostgreSQL refuses are alone. */
    private Mono<Void> upsert(List<Received<TranscriptSegment>> batch) {
        if (batch.isEmpty()) {
            return Mono.empty();
        }
        var entries =
                SegmentUpsert.newestOfEach(batch.stream().map(Received::value).toList());
        return execute(entries)
                .retryWhen(whileAway)
                .doOnSuccess(done -> events.written(Sink.POSTGRES, batch.size(), sinceOldest(entries)))
                .onErrorResume(PostgresSink::isFaultOfEntry, failure -> {
                    if (batch.size() == 1) {
                        return refuse(batch.get(0), failure);
                    }
                    int half = batch.size() / 2;
                    return upsert(batch.subList(0, half))
                            .then(Mono.defer(() -> upsert(batch.subList(half, batch.size()))));
                });
    }

    private Mono<Void> execute(List<TranscriptSegment> entries) {
        return Mono.usingWhen(
                        pool.create(),
                        connection -> Flux.from(
                                        SegmentUpsert.bind(connection, entries).execute())
                                .flatMap(Result::getRowsUpdated, 1)
                                .then(),
                        Connection::close)
                .timeout(STATEMENT_TIMEOUT);
    }

    private Mono<Void> refuse(Received<TranscriptSegment> record, Throwable reason) {
        return Mono.defer(() -> eventLog.deadLetter(eventLog.topics().segments(), record, reason))
                .retryWhen(whileAway)
                .doOnSuccess(done -> events.refused(Sink.POSTGRES));
    }

    private static void acknowledge(List<Received<TranscriptSegment>> batch) {
        Map<Integer, Received<TranscriptSegment>> lastOfPartition = new LinkedHashMap<>();
        batch.forEach(record -> lastOfPartition.put(record.partition(), record));
        lastOfPartition.values().forEach(Received::acknowledge);
    }

    /**
     * Data exceptions (class 22), integrity violations (class 23), rows beyond a limit of PostgreSQL (class 54), values
     * without a form on the wire: no retry helps.
     */
    static boolean isFaultOfEntry(Throwable failure) {
        if (failure instanceof R2dbcException refused) {
            String state = String.valueOf(refused.getSqlState());
            return REFUSALS.contains(state.substring(0, Math.min(2, state.length())));
        }
        return failure instanceof IllegalArgumentException;
    }

    private void away(DatabaseUrl url, Retry.RetrySignal retry) {
        events.retried(Sink.POSTGRES);
        log.warn(
                "postgres_sink retries={} database={} reason=\"{}\"",
                retry.totalRetries() + 1,
                url,
                retry.failure().toString());
    }

    private void restarts(Throwable failure) {
        events.restarted(Sink.POSTGRES);
        log.error("postgres_sink failed, beginning again with what is not acknowledged", failure);
    }

    private static Duration sinceOldest(List<TranscriptSegment> entries) {
        Instant now = Instant.now();
        return entries.stream()
                .map(entry -> Duration.between(entry.getConfirmedAt(), now))
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    private static ConnectionPool pool(DatabaseUrl url) {
        var connections = new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(url.host())
                .port(url.port())
                .database(url.database())
                .username(url.user())
                .password(url.password())
                .applicationName("earshot-segment-aggregator")
                .connectTimeout(Duration.ofSeconds(5))
                .tcpKeepAlive(true)
                .build());
        return new ConnectionPool(ConnectionPoolConfiguration.builder(connections)
                .initialSize(0)
                .maxSize(CONNECTIONS)
                .maxAcquireTime(Duration.ofSeconds(10))
                .build());
    }

    /** What was not acknowledged is written after the next start. */
    @Override
    public void close() {
        writing.dispose();
        pool.dispose();
    }
}
