package dev.earshot.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.samples.talktime.TalkTime;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.TranscriptSegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples as a person starts them, against a real broker and a real registry. */
class SamplesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path CONSOLE = Path.of("src/main/java/dev/earshot/samples/console/AvroLines.java");

    /** Not the usual numbers of partitions: whoever reads must be told. */
    private static final Topics TOPICS = Topics.of(2, 3);

    private static LocalStack stack;

    @TempDir
    private Path folder;

    @BeforeAll
    static void speak() {
        LocalStackConfig all = LocalStackConfig.ephemeral();
        stack = LocalStack.start(new LocalStackConfig(all.dataDir(), false, all.ports(), true, false, false, true));
        try (EventLog log = EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "speaker"), TOPICS)) {
            log.createTopics();
            publish(log, Entries.said("7", 1, "Alice", 1_000, 2_500, "good \"morning\"\n\\ everyone é"));
            publish(log, Entries.said("7", 2, null, 2_600, 3_000, "morning"));
            publish(log, Entries.gap("7", 3, 3_000, 4_000));
        }
    }

    private static void publish(EventLog log, TranscriptSegment entry) {
        log.publisher(log.topics().segments())
                .publish(entry.getMeetingId(), entry)
                .block(PATIENCE);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void talkTimePrintsWhatEachSpeakerSaid() throws Exception {
        var java = java(List.of("-cp", System.getProperty("java.class.path"), TalkTime.class.getName()));
        java.environment().put("KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers());
        java.environment().put("SCHEMA_REGISTRY_URL", stack.schemaRegistryUrl());
        java.environment().put("AUDIO_PARTITIONS", "2");
        java.environment().put("MEETING_PARTITIONS", "3");
        Path out = folder.resolve("out");
        Process talkTime = java.redirectOutput(out.toFile()).start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(out)
                    .content()
                    .containsPattern("meeting 7  Alice +1\\.5 s +5 words")
                    .containsPattern("meeting 7  \\(unknown\\) +0\\.4 s +1 words"));
        } finally {
            talkTime.destroy();
        }
        assertThat(talkTime.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** The line in the README, with these servers' addresses. */
    @Test
    void theConsoleConsumersLineShowsTheTranscriptAsJson() throws Exception {
        List<Process> line = ProcessBuilder.startPipeline(List.of(consoleConsumer(), decoder()));
        String out = new String(line.get(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        List<JsonNode> entries = new ArrayList<>();
        for (String json : out.lines().toList()) {
            entries.add(new ObjectMapper().readTree(json));
        }
        assertThat(entries).extracting(entry -> entry.path("seq").asLong()).containsExactly(1L, 2L, 3L);
        assertThat(entries.get(0).path("text").asText()).isEqualTo("good \"morning\"\n\\ everyone é");
        assertThat(entries.get(0).path("words").get(0).path("confidence").asDouble())
                .isEqualTo(0.5);
        assertThat(entries.get(1).path("speaker").isNull()).isTrue();
        assertThat(entries.get(2).path("kind").asText()).isEqualTo("GAP");
        assertThat(entries.get(2).path("confirmed_at").asText()).isEqualTo("1970-01-01T00:00:00Z");
    }

    private ProcessBuilder consoleConsumer() throws IOException {
        String options = Files.readString(Path.of("README.md"))
                .replaceAll("(?s).*\nkafka-console-consumer\\.sh (.*?)\\| java .*", "$1")
                .replaceAll("\\\\\\s+", " ")
                .replace("localhost:9092", stack.bootstrapServers())
                .strip();
        var arguments = new ArrayList<>(List.of(
                "-cp", System.getProperty("java.class.path"), "org.apache.kafka.tools.consumer.ConsoleConsumer"));
        arguments.addAll(Pattern.compile("\\s+").splitAsStream(options).toList());
        arguments.addAll(List.of("--max-messages", "3"));
        return java(arguments);
    }

    private static ProcessBuilder decoder() {
        return java(List.of(CONSOLE.toString(), stack.schemaRegistryUrl()));
    }

    private static ProcessBuilder java(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}
