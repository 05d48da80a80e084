package dev.earshot.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioGap;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.streams.SegmentStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentAggregatorIT {

    private static final Topics TOPICS = Servers.log().topics();
    private static final Duration WINDOW = Duration.ofMillis(300);

    private final String meeting = Servers.newMeeting();

    @TempDir
    private Path stateDir;

    @Test
    void turnsHypothesesIntoLiveTextAndRows() {
        try (var aggregator = launch()) {
            aggregator.check();
            Servers.publish(TOPICS.meetingEvents(), meeting, Records.status(meeting, null, "requested"));
            Servers.publish(TOPICS.meetingEvents(), meeting, Records.sessionStarted(meeting, "s"));
            Servers.publish(TOPICS.speakerEvents(), meeting, Records.assigned(meeting, "s:t0", "p1", "Ada"));
            Servers.hear(Records.partial(meeting, "s:t0", 1000, 1500, 1, "one"));

            await().atMost(Servers.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                            Servers.liveView(meeting).get("s:t0").getSpeaker())
                    .isEqualTo("Ada"));

            Servers.hear(Records.finished(meeting, "s:t0", 1000, 1900, 2, "one two"));
            Servers.hear(Records.progress(
                    meeting, "s:t0", 0, 3000, true, new AudioGap(2000L * 16, 2500L * 16, "chunk_missing")));
            Servers.publish(TOPICS.meetingEvents(), meeting, Records.sessionEnded(meeting, "s", "s:t0"));

            await().atMost(Servers.PATIENCE)
                    .until(() -> Servers.rows(meeting, "kind").contains("COMPLETE"));
            // The sinks do not wait for each other.
            await().atMost(Servers.PATIENCE)
                    .until(() -> Servers.liveView(meeting).isEmpty());
        }
        assertThat(Servers.rows(meeting, "seq")).containsExactly("1", "2", "3", "4");
        assertThat(Servers.rows(meeting, "kind")).containsExactlyInAnyOrder("STATUS", "GAP", "SEGMENT", "COMPLETE");
        assertThat(Servers.rows(meeting, "text")).contains("one two");
        assertThat(Servers.rows(
                        meeting, "captured_ms || '=' || transcribed_ms || '+' || silent_ms || '+' || missing_ms"))
                .contains("3000=900+1600+500");
    }

    @Test
    void carriesOnWithEverythingOnce_whenKilledMidSentence() throws Exception {
        int utterances = 60;
        try (var first = AggregatorProcess.start(stateDir.resolve("a"))) {
            say(0, utterances / 3);
            await().atMost(Servers.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> Servers.rows(meeting, "seq").size() > 5);
            first.kill();
        }
        say(utterances / 3, 2 * utterances / 3);
        // Another machine: nothing of the first one's local state is there.
        try (var second = AggregatorProcess.start(stateDir.resolve("b"))) {
            say(2 * utterances / 3, utterances);
            Servers.hear(Records.progress(meeting, "s:t0", 0, utterances * 1000L, true));
            Servers.publish(TOPICS.meetingEvents(), meeting, Records.sessionEnded(meeting, "s", "s:t0"));
            await().atMost(Servers.PATIENCE)
                    .until(() -> Servers.rows(meeting, "kind").contains("COMPLETE"));
        }
        List<String> expected =
                LongStream.range(0, utterances).mapToObj(i -> "number " + i).toList();
        assertThat(Servers.rows(meeting, "text").subList(0, utterances)).isEqualTo(expected);
        assertThat(Servers.rows(meeting, "seq"))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, utterances + 1)
                        .mapToObj(Long::toString)
                        .toList());
        assertThat(entriesOnTheTopic(utterances + 1)).doesNotHaveDuplicates().hasSize(utterances + 1);
    }

    @Test
    void otherInstanceTakesOver_whenOneIsKilled() throws Exception {
        List<String> meetings = Stream.generate(Servers::newMeeting).limit(8).toList();
        try (var first = AggregatorProcess.start(stateDir.resolve("a"));
                var second = AggregatorProcess.start(stateDir.resolve("b"))) {
            meetings.forEach(each -> say(each, 0, 10));
            awaitRows(meetings, 10);
            first.kill();
            meetings.forEach(each -> say(each, 10, 20));
            awaitRows(meetings, 20);
        }
        assertThat(meetings).allSatisfy(each -> assertThat(Servers.rows(each, "seq || ' ' || text"))
                .isEqualTo(LongStream.range(0, 20)
                        .mapToObj(i -> (i + 1) + " number " + i)
                        .toList()));
    }

    private static void awaitRows(List<String> meetings, int count) {
        await().atMost(Servers.PATIENCE).ignoreExceptions().until(() -> meetings.stream()
                .allMatch(each -> Servers.rows(each, "seq").size() == count));
    }

    @Test
    void losesNothing_whenBrokerRestarts() {
        try (var aggregator = launch()) {
            say(0, 10);
            await().atMost(Servers.PATIENCE)
                    .until(() -> Servers.rows(meeting, "seq").size() == 10);
            Servers.stack().restartKafka();
            say(10, 20);
            await().atMost(Servers.PATIENCE)
                    .until(() -> Servers.rows(meeting, "seq").size() == 20);
            aggregator.check();
        }
    }

    @Test
    void carriesOn_whenBothSinksLostTheirServersForAWhile() {
        try (var aggregator = launch()) {
            say(0, 10);
            await().atMost(Servers.PATIENCE)
                    .until(() -> Servers.rows(meeting, "seq").size() == 10);
            Servers.stack().postgres().stop();
            Servers.hear(Records.partial(meeting, "s:t0", 10_000, 10_500, 1, "still live"));
            await().atMost(Servers.PATIENCE)
                    .until(() -> Servers.liveView(meeting).containsKey("s:t0"));
            Servers.stack().redis().kill();
            say(10, 20);
            Servers.stack().postgres().start();
            await().atMost(Servers.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> Servers.rows(meeting, "seq").size() == 20);
            Servers.hear(Records.partial(meeting, "s:t0", 30_000, 30_500, 1, "said meanwhile"));
            Servers.stack().redis().start();
            await().atMost(Servers.PATIENCE).ignoreExceptions().until(() -> Servers.liveView(meeting)
                    .containsKey("s:t0"));
            aggregator.check();
        }
    }

    @Test
    void keepsWhatTheFilterKeepsOut_onATopicOfItsOwn() {
        try (var aggregator = launch()) {
            Servers.hear(Records.finished(meeting, "s:t0", 0, 900, 1, "[BLANK_AUDIO]"));
            Servers.hear(Records.finished(meeting, "s:t0", 1000, 1900, 1, "hello"));

            List<AsrHypothesis> kept = Servers.log()
                    .receive(TOPICS.filtered(), Subscription.everything(Subscription.From.EARLIEST))
                    .map(Received::value)
                    .filter(said -> said.getMeetingId().equals(meeting))
                    .take(1)
                    .collectList()
                    .block(Servers.PATIENCE);
            assertThat(kept).extracting(AsrHypothesis::getText).containsExactly("[BLANK_AUDIO]");
            await().atMost(Servers.PATIENCE)
                    .until(() -> Servers.rows(meeting, "text").equals(List.of("hello")));
            aggregator.check();
        }
    }

    private SegmentAggregator launch() {
        var rules = new SegmentRules(
                WINDOW,
                SegmentRules.DEFAULTS.immutabilityThreshold(),
                SegmentRules.DEFAULTS.patience(),
                SegmentRules.DEFAULTS.abandonedAfter());
        var stream = new SegmentStream.Settings(stateDir, 1, Duration.ofMillis(30), Duration.ofMillis(100), true);
        return SegmentAggregator.launch(
                new SegmentAggregatorConfig(
                        rules, stream, Servers.database(), Servers.stack().redisUrl(), Servers.PATIENCE),
                Servers.log());
    }

    private void say(int from, int to) {
        say(meeting, from, to);
    }

    private static void say(String meeting, int from, int to) {
        for (int i = from; i < to; i++) {
            Servers.hear(Records.finished(meeting, "s:t0", i * 1000L, i * 1000L + 900, 1, "number " + i));
        }
    }

    private List<String> entriesOnTheTopic(int count) {
        return Servers.log()
                .receive(TOPICS.segments(), Subscription.everything(Subscription.From.EARLIEST))
                .map(Received::value)
                .filter(entry -> entry.getMeetingId().equals(meeting))
                .map(TranscriptSegment::getSegmentId)
                .take(count)
                .collectList()
                .block(Servers.PATIENCE);
    }
}
