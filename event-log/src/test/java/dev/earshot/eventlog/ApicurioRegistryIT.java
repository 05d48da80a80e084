package dev.earshot.eventlog;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Apicurio Registry by its Confluent API: proof by a server that others wrote. */
class ApicurioRegistryIT extends RegistryConformance {

    private static ApicurioServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ApicurioServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    String url() {
        return server.url();
    }
}
