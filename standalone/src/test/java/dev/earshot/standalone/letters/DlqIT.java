package dev.earshot.standalone.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.standalone.Earshot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a person types about dead letters, on a real broker. */
class DlqIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "transcript.segment.v1";

    private static LocalStack stack;
    private static EventLog log;

    private int exitCode;

    @BeforeAll
    static void start() {
        LocalStackConfig all = LocalStackConfig.ephemeral();
        stack = LocalStack.start(new LocalStackConfig(all.dataDir(), false, all.ports(), true, false, false, true));
        log = EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "careless"), Topics.defaults());
        log.createTopics();
    }

    @AfterAll
    static void stop() {
        log.close();
        stack.close();
    }

    @Test
    void letsAPersonSeeWhatIsWrong_andSendItBackOnce() {
        bury("I resign on Friday");

        assertThat(dlq("list"))
                .containsPattern("(?m)^transcript\\.segment\\.v1 +1 +0  1 IllegalStateException in careless$")
                .containsPattern("(?m)^audio\\.chunk\\.v1 +0 +0 *$");

        assertThat(dlq("show", TOPIC))
                .contains("letter 0 of " + TOPIC, "IllegalStateException: no such meeting", "\"seq\":1", "1 of 1 shown")
                .contains("\"text\":\"(18 characters)\"")
                .doesNotContain("resign");
        assertThat(dlq("show", TOPIC + ".dlq", "0", "--text")).contains("I resign on Friday");

        assertThat(dlq("replay", TOPIC, "--dry-run")).contains("1 would go back to " + TOPIC + ", 0 would stay");
        assertThat(dlq("replay", TOPIC)).contains("1 sent back to " + TOPIC + ", 0 stayed");
        assertThat(dlq("replay", TOPIC)).contains("0 sent back to " + TOPIC + ", 0 stayed");
        assertThat(dlq("replay", TOPIC, "0")).contains("letter 0 stays: it was replayed before");
        assertThat(dlq("list")).containsPattern("(?m)^transcript\\.segment\\.v1 +0 +1 *$");

        assertThat(onTopic(2)).extracting(received -> received.value().getSeq()).containsExactly(1L, 1L);
    }

    @Test
    void saysInASentenceWhatCannotBe() {
        assertThat(dlq("show", "transcript.segments"))
                .isEqualToIgnoringNewLines("earshot: topic: transcript.segments (expected: one of " + names() + ")");
        assertThat(dlq("replay", TOPIC, "77")).startsWith("earshot: letter 77 of " + TOPIC + ": there is none");
        assertThat(exitCode).isNotZero();
        assertThat(run("dlq", "list", "--kafka", "127.0.0.1:1", "--registry", stack.schemaRegistryUrl()))
                .startsWith("earshot: Kafka cannot be used at 127.0.0.1:1 (")
                .hasLineCount(1);
        assertThat(exitCode).isNotZero();
    }

    private static String names() {
        return String.join(
                ", ",
                Topics.defaults().all().stream().map(topic -> topic.name()).toList());
    }

    private static void bury(String text) {
        log.publisher(log.topics().segments())
                .publish(
                        "7",
                        TranscriptSegment.newBuilder()
                                .setMeetingId("7")
                                .setSeq(1)
                                .setKind(TranscriptKind.SEGMENT)
                                .setSegmentId("s:t0:0")
                                .setText(text)
                                .setConfirmedAt(Instant.EPOCH)
                                .build())
                .block(PATIENCE);
        onTopic(1).forEach(received -> log.deadLetter(
                        log.topics().segments(), received, new IllegalStateException("no such meeting"))
                .block(PATIENCE));
    }

    private static List<Received<TranscriptSegment>> onTopic(int count) {
        return log.receive(log.topics().segments(), Subscription.everything(Subscription.From.EARLIEST))
                .take(count)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private String dlq(String... arguments) {
        var all = new ArrayList<>(List.of("dlq"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--kafka", stack.bootstrapServers(), "--registry", stack.schemaRegistryUrl()));
        return run(all.toArray(String[]::new));
    }

    /** What is printed, whether it went well or not. */
    private String run(String... arguments) {
        var printed = new StringWriter();
        CommandLine commands =
                Earshot.commandLine().setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
        exitCode = commands.execute(arguments);
        return printed.toString();
    }
}
