package dev.earshot.api;

import dev.earshot.api.app.ApiServer;
import dev.earshot.eventlog.EventLog;

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
        return new IngressApi(ApiServer.start(config, eventLog));
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
