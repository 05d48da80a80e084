package dev.earshot.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.localstack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every container's command, as it stands in its Dockerfile, with the environment of the compose file, becomes healthy on
 * servers of this machine and ends when it is asked to. Only addresses and ports are other ones.
 */
class ComposeIT {

    private static final Pattern PORT = Pattern.compile("localhost:(\\d+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LocalStack servers = LocalStack.shared();
    private final Map<String, Process> running = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    /** A container's process and where its health is asked. */
    private record Container(Process process, URI health) {}

    @AfterEach
    void endAll() {
        running.values().forEach(Process::destroyForcibly);
    }

    @Test
    void everyContainerBecomesHealthyAndEnds() throws Exception {
        Map<String, Map<String, Object>> containers = Containers.ownServices();
        containers.remove("asr-workers-gpu");

        Process topics = start("topics", containers.remove("topics"), Map.of());
        assertThat(topics.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(topics.exitValue()).as(output("topics")).isZero();

        Map<String, Container> started = new LinkedHashMap<>();
        for (var container : containers.entrySet()) {
            started.put(container.getKey(), startOnFreePorts(container.getKey(), container.getValue()));
        }
        started.forEach((name, container) -> await(name)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    assertThat(container.process().isAlive())
                            .as(() -> output(name))
                            .isTrue();
                    assertThat(statusOf(container.health()))
                            .as(() -> output(name))
                            .isEqualTo(200);
                }));

        started.values().forEach(container -> container.process().destroy());
        for (var container : started.entrySet()) {
            Process process = container.getValue().process();
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", container.getKey())
                    .isTrue();
            assertThat(process.exitValue()).as(() -> output(container.getKey())).isIn(0, 128 + 15);
        }
    }

    /** Ports of the image become free ones: whatever setting has that port as its default is set to another. */
    private Container startOnFreePorts(String name, Map<String, Object> service) throws IOException {
        String dockerfile = Containers.dockerfileOf(service);
        List<String> check = Containers.instruction(dockerfile, "HEALTHCHECK");
        String address = check.get(check.size() - 1);
        Map<String, String> ports = new LinkedHashMap<>();
        for (Setting setting : Setting.all()) {
            if (setting.command().equals(name) && setting.env().endsWith("PORT")) {
                String port = freePort();
                ports.put(setting.env(), port);
                address = PORT.matcher(address)
                        .replaceAll(match ->
                                match.group(1).equals(setting.defaultValue()) ? "localhost:" + port : match.group());
            }
        }
        return new Container(start(name, service, ports), URI.create(address));
    }

    private Process start(String name, Map<String, Object> service, Map<String, String> more) throws IOException {
        String dockerfile = Containers.dockerfileOf(service);
        List<String> command = new ArrayList<>(Containers.startCommand(dockerfile));
        command.addAll(Containers.strings(service.get("command")));
        var builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve(name)).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(name));
        Containers.map(service.get("environment")).forEach((env, value) -> {
            // Without a value: handed on from the shell when that has one.
            if (value != null) {
                builder.environment().put(env, here(env, String.valueOf(value)));
            }
        });
        builder.environment().putAll(more);
        Process process = builder.start();
        running.put(name, process);
        return process;
    }

    /** The address on this machine of a server that the compose file names. */
    private String here(String env, String value) {
        return switch (env) {
            case "KAFKA_BOOTSTRAP_SERVERS" -> servers.bootstrapServers();
            case "SCHEMA_REGISTRY_URL" -> servers.schemaRegistryUrl();
            case "DATABASE_URL" -> servers.databaseUrl();
            case "REDIS_URL" -> servers.redisUrl();
            // Folders of the image.
            case "AGGREGATOR_STATE" -> folder.resolve("state").toString();
            case "EARSHOT_MODELS" -> folder.resolve("models").toString();
            default -> value;
        };
    }

    private File log(String name) {
        return folder.resolve(name + ".log").toFile();
    }

    private String output(String name) {
        try {
            return name + ":\n" + Files.readString(log(name).toPath());
        } catch (IOException e) {
            return name + ": no output: " + e;
        }
    }

    private static int statusOf(URI health) throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        }
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
