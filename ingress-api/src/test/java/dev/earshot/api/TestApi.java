package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.postgres.DatabaseUrl;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.schema.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One running API on real servers for all integration tests of this JVM, and a client of it. */
final class TestApi {

    static final String ADMIN_TOKEN = "test-admin-token-0123456789";
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static @Nullable TestApi shared;

    /** What came back. */
    record Answer(int status, JsonNode body, HttpResponse<String> raw) {

        String detail() {
            return body.path("detail").asString("");
        }
    }

    /** Somebody with a key. */
    record Account(long userId, String key) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile @Nullable DescribedAnswers described;
    private final LocalStack stack;
    private final EventLog eventLog;
    private final IngressApi api;

    private TestApi(LocalStack stack) {
        this.stack = stack;
        eventLog = EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "ingress-api-test"),
                Topics.of(4, 2));
        eventLog.createTopics();
        api = IngressApi.launch(config(0, 0), eventLog);
        Runtime.getRuntime().addShutdownHook(new Thread(api::close, "test-api-close"));
    }

    static synchronized TestApi shared() {
        TestApi running = shared;
        if (running == null) {
            running = new TestApi(LocalStack.shared());
            shared = running;
        }
        return running;
    }

    /** One with servers of its own, for tests that take them away. */
    static TestApi alone() {
        LocalStack own = LocalStack.start(LocalStackConfig.ephemeral());
        Runtime.getRuntime().addShutdownHook(new Thread(own::close, "own-stack-close"));
        return new TestApi(own);
    }

    IngressApiConfig config(int port, int adminPort) {
        return new IngressApiConfig(
                "127.0.0.1",
                port,
                adminPort,
                stack.databaseUrl(),
                stack.redisUrl(),
                ADMIN_TOKEN,
                new ApiRules(
                        true,
                        true,
                        false,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(20),
                        60_000,
                        0,
                        0));
    }

    LocalStack stack() {
        return stack;
    }

    EventLog eventLog() {
        return eventLog;
    }

    /** Whether the newest record of a meeting on a topic says that there is nothing of it any more. */
    boolean hasTombstone(String topic, long meetingId) {
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            boolean isErased = false;
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (Long.toString(meetingId).equals(record.key())) {
                        isErased = record.value() == null;
                    }
                }
            }
            return isErased;
        }
    }

    void close() {
        api.close();
        eventLog.close();
        stack.close();
    }

    IngressApi api() {
        return api;
    }

    String url(String path) {
        return "http://127.0.0.1:" + api.port() + path;
    }

    /** A new user with a key for everything. */
    Account account(int maxBots) {
        String email = "user-" + UUID.randomUUID() + "@example.com";
        Answer user =
                admin("POST", "/admin/users", "{\"email\":\"" + email + "\",\"max_concurrent_bots\":" + maxBots + "}");
        long id = user.body().path("id").asLong();
        return new Account(id, token(id, "bot,tx"));
    }

    /** Sends somebody's bot to a demo meeting of that name; the meeting's id. No fleet runs: what the bot does, the test says. */
    long meeting(Account account, String nativeId) {
        Answer answer = post(
                account,
                "/bots",
                "{\"platform\":\"demo\",\"native_meeting_id\":\"" + nativeId
                        + "\",\"meeting_url\":\"http://127.0.0.1:1/meet\"}");
        assertThat(answer.status()).isEqualTo(201);
        return answer.body().path("id").asLong();
    }

    String token(long userId, String scopes) {
        return admin("POST", "/admin/users/" + userId + "/tokens?scopes=" + scopes, null)
                .body()
                .path("token")
                .asString("");
    }

    Answer admin(String method, String path, @Nullable String body) {
        return send(method, url(path), "X-Admin-API-Key", ADMIN_TOKEN, body);
    }

    Answer get(Account account, String path) {
        return send("GET", url(path), "X-API-Key", account.key(), null);
    }

    Answer post(Account account, String path, String body) {
        return send("POST", url(path), "X-API-Key", account.key(), body);
    }

    Answer delete(Account account, String path) {
        return send("DELETE", url(path), "X-API-Key", account.key(), null);
    }

    /** Changes the database behind the API's back. */
    void sql(String statement) {
        DatabaseUrl url = DatabaseUrl.parse(stack.databaseUrl());
        try (var connection = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
                var change = connection.createStatement()) {
            change.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** Every answer that any test gets must be one that the API describes. */
    private void checkDescribed(String method, String url, Answer answer) {
        String path = URI.create(url).getPath();
        if (path.equals("/openapi.json")) {
            return;
        }
        DescribedAnswers answers = described;
        if (answers == null) {
            answers = new DescribedAnswers(
                    send("GET", url("/openapi.json"), "", "", null).body());
            described = answers;
        }
        String type =
                answer.raw().headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        assertThat(answers.differences(method, path, answer.status(), type, answer.body()))
                .isEmpty();
    }

    /** Reads a row of a query's answer. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The number that a query of one number finds. */
    long count(String query) {
        return query(query, row -> row.getLong(1));
    }

    /** What a query's first row says. */
    <T> T query(String query, Row<T> reader) {
        DatabaseUrl url = DatabaseUrl.parse(stack.databaseUrl());
        try (var connection = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return reader.read(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Any request; an empty key sends none. */
    Answer send(String method, String url, String header, String key, @Nullable String body) {
        return send(method, url, request -> key.isEmpty() ? request : request.header(header, key), body);
    }

    /** Any request, with whatever headers. */
    Answer send(String method, String url, UnaryOperator<HttpRequest.Builder> headers, @Nullable String body) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response =
                    http.send(headers.apply(request).build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            var answer = new Answer(response.statusCode(), json ? JSON.readTree(text) : JSON.nullNode(), response);
            checkDescribed(method, url, answer);
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
