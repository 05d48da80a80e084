package dev.earshot.bench;

import dev.earshot.api.ApiRules;
import dev.earshot.api.IngressApi;
import dev.earshot.api.IngressApiConfig;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.schema.Topics;
import dev.earshot.standalone.client.ApiClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;

/** All servers and one node of the API, in this process: what is said in its meetings comes from the topics alone. */
public final class ApiStage implements AutoCloseable {

    private static final Duration NEVER = Duration.ofHours(6);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final LocalStackConfig stackConfig = LocalStackConfig.ephemeral();
    private final LocalStack stack;
    private final EventLog log;
    private final IngressApi api;
    private final ApiClient admin;

    private ApiStage() {
        try {
            stack = keep(LocalStack.start(stackConfig));
            log = keep(EventLog.open(
                    EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "bench"),
                    Topics.defaults()));
            log.createTopics();
            String adminToken = UUID.randomUUID().toString();
            api = keep(IngressApi.launch(
                    new IngressApiConfig(
                            "127.0.0.1",
                            0,
                            0,
                            stack.databaseUrl(),
                            stack.redisUrl(),
                            adminToken,
                            new ApiRules(false, false, false, NEVER, NEVER, NEVER, 0, 0, 0)),
                    log));
            admin = ApiClient.forAdmin(URI.create("http://127.0.0.1:" + api.adminPort()), adminToken);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** Starts everything; some seconds. */
    public static ApiStage start() {
        return new ApiStage();
    }

    /** The topics. */
    public EventLog log() {
        return log;
    }

    /** The servers, for those who take them away. */
    public LocalStack stack() {
        return stack;
    }

    /** A folder that is thrown away at the end. */
    Path scratch() {
        return stackConfig.dataDir();
    }

    public int port() {
        return api.port();
    }

    /** The API, as whoever has the key. */
    public ApiClient client(String key) {
        return ApiClient.forUser(URI.create("http://127.0.0.1:" + api.port()), key);
    }

    /** The key of a new user who may have so many bots at once. */
    public String key(int maxBots) {
        Map<String, Object> user = Map.of("email", UUID.randomUUID() + "@localhost", "max_concurrent_bots", maxBots);
        long id = admin.post("/admin/users", user).path("id").asLong();
        return admin.post("/admin/users/" + id + "/tokens?scopes=bot,tx", Map.of())
                .path("token")
                .asText();
    }

    /** Closes a part with the stage, before what was kept before it. */
    <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.err.println("not closed cleanly: " + e);
            }
        }
    }
}
