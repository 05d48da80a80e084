package dev.earshot.api;

import dev.earshot.api.app.ApiServer;
import dev.earshot.eventlog.EventLog;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The running API. Thread-safe; closing ends open feeds and then the servers, and is idempotent. */
public final class IngressApi implements AutoCloseable {

    private final ApiServer server;

    private IngressApi(ApiServer server) {
        this.server = server;
    }

    /**
     * Starts the API: brings the database to its newest shape, follows the topics, then opens the ports. Blocking. The topics
     * must exist. Throws {@link IllegalStateException} with a sentence for people when a server is away or a port is taken.
     */
    public static IngressApi launch(IngressApiConfig config, EventLog eventLog) {
        return launch(config, eventLog, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    /** The same, with meters that others of this process may use, too: the port of administration shows them all. */
    public static IngressApi launch(IngressApiConfig config, EventLog eventLog, PrometheusMeterRegistry meters) {
        return new IngressApi(ApiServer.start(config, eventLog, meters));
    }

    /** Port of the public API and the page. */
    public int port() {
        return server.port();
    }

    /** Port of administration. */
    public int adminPort() {
        return server.adminPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
