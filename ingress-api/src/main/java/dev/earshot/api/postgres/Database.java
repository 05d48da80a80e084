package dev.earshot.api.postgres;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.Set;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Our connections to Postgres. Opens them when they are needed; closing ends them. Thread-safe. */
public final class Database implements AutoCloseable {

    /** Classes of SQLSTATE that say so: data exceptions, integrity violations, limits of the server. */
    private static final Set<String> FAULTS_OF_VALUES = Set.of("22", "23", "54");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);

    private final ConnectionPool pool;
    private final DatabaseClient client;
    private final TransactionalOperator transactions;

    public Database(DatabaseUrl url, int maxConnections) {
        var factory = new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(url.host())
                .port(url.port())
                .database(url.database())
                .username(url.user())
                .password(url.password())
                .applicationName("ingress-api")
                .connectTimeout(PATIENCE)
                .build());
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .initialSize(0)
                .maxSize(maxConnections)
                .maxIdleTime(LONGEST_IDLE)
                .maxCreateConnectionTime(PATIENCE)
                .maxAcquireTime(Duration.ofSeconds(30))
                // Left to itself the pool tries two connections and gives up: once the server has been away, all that
                // were
                // idle are dead, and as many requests would fail after it is back.
                .customizer(pool -> pool.evictionPredicate(
                        (connection, use) -> use.idleTime() > LONGEST_IDLE.toMillis() || !isConnected(connection)))
                .build());
        this.client = DatabaseClient.create(pool);
        this.transactions = TransactionalOperator.create(new R2dbcTransactionManager(pool));
    }

    DatabaseClient client() {
        return client;
    }

    TransactionalOperator transactions() {
        return transactions;
    }

    /** Looks at our end of it only, so the answer is there at once. */
    private static boolean isConnected(Connection connection) {
        return Mono.from(connection.validate(ValidationDepth.LOCAL)).toFuture().getNow(false);
    }

    /** Whether the server answers; an error when it does not. */
    public Mono<Void> check() {
        return client.sql("select 1").fetch().first().then();
    }

    /** Whether a statement failed because of what was to be written, so that no retry helps. */
    public static boolean isFaultOfValue(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException refusal) {
                String state = String.valueOf(refusal.getSqlState());
                return FAULTS_OF_VALUES.contains(state.substring(0, Math.min(2, state.length())));
            }
        }
        return failure instanceof IllegalArgumentException;
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
