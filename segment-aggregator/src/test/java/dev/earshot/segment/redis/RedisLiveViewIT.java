package dev.earshot.segment.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.earshot.schema.avro.LiveSegment;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.segment.RecordingAggregatorEvents;
import dev.earshot.segment.Servers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisLiveViewIT {

    private final String meeting = Servers.newMeeting();
    private final RecordingAggregatorEvents events = new RecordingAggregatorEvents();
    private RedisLiveView view;

    @BeforeEach
    void launch() {
        view = RedisLiveView.launch(Servers.stack().redisUrl(), Servers.log(), events);
    }

    @AfterEach
    void close() {
        view.close();
    }

    @Test
    void showsNewestPendingTextPerTrack() {
        publish(live("s:t0", 1, "one"));
        publish(live("s:t1", 1, "uno"));
        publish(live("s:t0", 2, "one two"));

        awaitShown("s:t0", "one two");
        awaitShown("s:t1", "uno");
        assertThat(Servers.liveView(meeting)).hasSize(2);
    }

    @Test
    void ignoresOlderRevision_alsoAfterTheTrackWasCleared() {
        publish(live("s:t0", 3, "three"));
        awaitShown("s:t0", "three");
        publish(live("s:t0", 4));
        await().atMost(Servers.PATIENCE).until(() -> Servers.liveView(meeting).isEmpty());

        publish(live("s:t0", 3, "three"));
        publish(live("s:t1", 1, "marker"));

        awaitShown("s:t1", "marker");
        assertThat(Servers.liveView(meeting)).containsOnlyKeys("s:t1");
    }

    @Test
    void fillsRedisAgain_whenItWasFlushed() {
        publish(live("s:t0", 1, "one"));
        publish(live("s:t1", 1, "gone"));
        publish(live("s:t1", 2));
        awaitShown("s:t0", "one");
        await().atMost(Servers.PATIENCE).until(() -> Servers.liveView(meeting).size() == 1);
        await().atMost(Servers.PATIENCE).until(() -> events.lines().contains("rebuilt"));

        Servers.flushRedis();

        awaitShown("s:t0", "one");
        assertThat(Servers.liveView(meeting)).hasSize(1);
    }

    @Test
    void fillsRedisAgain_whenItRestarted() {
        publish(live("s:t0", 1, "one"));
        awaitShown("s:t0", "one");

        Servers.stack().redis().kill();
        publish(live("s:t1", 1, "said while away"));
        await().atMost(Servers.PATIENCE).until(() -> events.lines().contains("retried REDIS"));
        Servers.stack().redis().start();

        awaitShown("s:t0", "one");
        awaitShown("s:t1", "said while away");
    }

    @Test
    void showsWhatWasPending_whenRedisWasFlushedWhileWeWereDown() {
        publish(live("s:t0", 1, "one"));
        publish(live("s:t1", 1, "uno"));
        awaitShown("s:t1", "uno");
        view.close();
        Servers.flushRedis();

        launch();

        awaitShown("s:t0", "one");
        awaitShown("s:t1", "uno");
    }

    @Test
    void saysWhatIsWrong_whenRedisIsNotThere() {
        assertThatExceptionOfType(LiveViewException.class)
                .isThrownBy(() -> RedisLiveView.launch("redis://127.0.0.1:1/0", Servers.log(), events))
                .withMessageContaining("Redis not usable at 127.0.0.1:1")
                .withMessageContaining("REDIS_URL");
    }

    private void awaitShown(String track, String text) {
        await().atMost(Servers.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        Servers.liveView(meeting).get(track).getPending())
                .extracting(LiveSegment::getText)
                .containsExactly(text));
    }

    private void publish(TranscriptLive live) {
        Servers.publish(Servers.log().topics().live(), meeting, live);
    }

    private TranscriptLive live(String track, long revision, String... texts) {
        return TranscriptLive.newBuilder()
                .setMeetingId(meeting)
                .setSessionUid("s")
                .setTrackId(track)
                .setRevision(revision)
                .setPending(
                        List.of(texts).stream().map(RedisLiveViewIT::pending).toList())
                .build();
    }

    private static LiveSegment pending(String text) {
        return LiveSegment.newBuilder()
                .setSegmentId("s:t0:0")
                .setRevision(1)
                .setCompleted(false)
                .setStartMs(0)
                .setEndMs(900)
                .setText(text)
                .setDecodeMicros(0)
                .build();
    }
}
