package dev.earshot.api.postgres;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.time.Duration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Our connections to Postgres. Opens them when they are needed; closing ends them. Thread-safe. */
public final class Database implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

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
                .maxIdleTime(Duration.ofMinutes(5))
                .maxCreateConnectionTime(PATIENCE)
                .maxAcquireTime(Duration.ofSeconds(30))
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

    /** Whether the server answers; an error when it does not. */
    public reactor.core.publisher.Mono<Void> check() {
        return client.sql("select 1").fetch().first().then();
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
