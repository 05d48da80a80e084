package dev.earshot.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.audio.AudioEvents;
import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.TrackInfo;
import dev.earshot.audio.TrackWriter;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.schema.avro.AudioChunk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@Timeout(30)
class AudioFeedTest {

    private final Sinks.Empty<Void> recovery = Sinks.empty();
    private final List<AudioChunk> published = new CopyOnWriteArrayList<>();
    private final List<String> offered = new CopyOnWriteArrayList<>();
    private final AudioPublisher publisher = new AudioPublisher(this::offer, 1, AudioEvents.NONE);
    private final AudioFeed feed = new AudioFeed("test", () -> {}, Duration.ofSeconds(20));

    @Test
    void trackThatEndsWhileKafkaIsAway_losesNothing_andKeepsNobodyWaiting() {
        TrackWriter leaving = track(0);
        TrackWriter staying = track(1);

        feed.write(leaving, new short[6_400], 0, Instant.EPOCH, 0);
        feed.end(leaving);
        feed.write(staying, new short[6_400], 0, Instant.EPOCH, 0);
        await("the track that stays is heard")
                .until(() -> offered.contains(staying.track().trackId()));
        assertThat(published).isEmpty();
        recovery.tryEmitEmpty();
        feed.end(staying);

        assertThat(feed.close()).isEmpty();
        assertThat(samples(leaving)).isEqualTo(6_400);
        assertThat(samples(staying)).isEqualTo(6_400);
        assertThat(published.stream().filter(AudioChunk::getEndOfTrack)).hasSize(2);
    }

    @Test
    void saysSo_whenKafkaDoesNotTakeTheRest() {
        var hasty = new AudioFeed("hasty", () -> {}, Duration.ofMillis(100));
        TrackWriter writer = track(0);
        hasty.write(writer, new short[6_400], 0, Instant.EPOCH, 0);
        hasty.end(writer);

        assertThat(hasty.close()).hasValueSatisfying(loss -> assertThat(loss).contains("did not take the rest"));
    }

    private Mono<Void> offer(AudioChunk chunk, int partition) {
        offered.add(chunk.getTrackId());
        return recovery.asMono().doOnSuccess(nothing -> published.add(chunk));
    }

    private TrackWriter track(int index) {
        return publisher.open(TrackInfo.nth("7", "uid", index, DecodingOptions.NONE));
    }

    private int samples(TrackWriter writer) {
        return published.stream()
                .filter(chunk -> chunk.getTrackId().equals(writer.track().trackId()))
                .mapToInt(AudioChunk::getSampleCount)
                .sum();
    }
}
