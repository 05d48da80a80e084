package dev.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.AudioCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@Timeout(20)
class TrackWriterTest {

    private static final TrackInfo TRACK =
            new TrackInfo("7", "uid", "uid:t0", new DecodingOptions("en", null), AudioCodec.PCM_S16LE);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<AudioChunk> published = new CopyOnWriteArrayList<>();

    @Test
    void publishesChunks_thatAddUpToTheTrack() throws Exception {
        TrackWriter writer = writer((chunk, partition) -> Mono.fromRunnable(() -> published.add(chunk)));

        writer.write(new short[5_000], 16_000, Instant.EPOCH, 0);
        writer.options(new DecodingOptions("de", "translate"));
        writer.write(new short[1_500], 21_000, Instant.EPOCH, 100);
        writer.end(PATIENCE);
        writer.end(PATIENCE);

        assertThat(published).extracting(AudioChunk::getFirstSample).containsExactly(16_000L, 19_200L, 22_400L);
        assertThat(published).extracting(AudioChunk::getSampleCount).containsExactly(3_200, 3_200, 100);
        assertThat(published).extracting(AudioChunk::getSequence).containsExactly(0L, 1L, 2L);
        assertThat(published).extracting(AudioChunk::getLostSamples).containsExactly(0, 100, 0);
        assertThat(published).extracting(AudioChunk::getEndOfTrack).containsExactly(false, false, true);
        assertThat(published).extracting(AudioChunk::getLanguage).containsExactly("en", "de", "de");
        assertThat(published).extracting(AudioChunk::getTask).containsExactly(null, "translate", "translate");
    }

    @Test
    void offersChunkAgain_untilItIsTaken_inOrder() throws Exception {
        var refusals = new AtomicInteger(3);
        var retries = new AtomicInteger();
        var events = new AudioEvents() {
            @Override
            public void publishRetried(Throwable reason) {
                retries.incrementAndGet();
            }
        };
        TrackWriter writer = new AudioPublisher(
                        (chunk, partition) -> chunk.getSequence() == 1 && refusals.getAndDecrement() > 0
                                ? Mono.error(new IllegalStateException("no"))
                                : Mono.fromRunnable(() -> published.add(chunk)),
                        1,
                        events)
                .open(TRACK);

        writer.write(new short[16_000], 0, Instant.EPOCH, 0);
        writer.end(PATIENCE);

        assertThat(published).extracting(AudioChunk::getSequence).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(retries).hasValue(3);
    }

    @Test
    void blocksWriter_whenKafkaIsBehind_andDropsNothing() throws Exception {
        Sinks.Empty<Void> recovery = Sinks.empty();
        TrackWriter writer =
                writer((chunk, partition) -> recovery.asMono().doOnSuccess(nothing -> published.add(chunk)));
        var roomFilled = new CountDownLatch(1);
        var written = new CountDownLatch(1);
        var speaker = new Thread(() -> {
            try {
                writer.write(new short[TrackWriter.ROOM * 3_200], 0, Instant.EPOCH, 0);
                roomFilled.countDown();
                writer.write(new short[3_200], TrackWriter.ROOM * 3_200L, Instant.EPOCH, 0);
                written.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        speaker.start();

        assertThat(roomFilled.await(10, TimeUnit.SECONDS)).isTrue();
        // It waits for nothing else before it ends.
        await().until(() -> speaker.getState() == Thread.State.TIMED_WAITING);
        assertThat(written.getCount()).isEqualTo(1);
        recovery.tryEmitEmpty();
        assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
        writer.end(PATIENCE);
        speaker.join();

        assertThat(published).hasSize(TrackWriter.ROOM + 2);
    }

    @Test
    void end_givesUp_whenKafkaTakesNothing() throws Exception {
        TrackWriter writer = writer((chunk, partition) -> Mono.never());
        writer.write(new short[3_200], 0, Instant.EPOCH, 0);

        assertThatThrownBy(() -> writer.end(Duration.ofMillis(50))).isInstanceOf(TimeoutException.class);
    }

    @Test
    void keepsWhatItHasTaken_whenItsThreadIsInterruptedWhileKafkaIsBehind() throws Exception {
        Sinks.Empty<Void> recovery = Sinks.empty();
        TrackWriter writer =
                writer((chunk, partition) -> recovery.asMono().doOnSuccess(nothing -> published.add(chunk)));
        writer.write(new short[TrackWriter.ROOM * 3_200], 0, Instant.EPOCH, 0);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> writer.write(new short[4 * 3_200], TrackWriter.ROOM * 3_200L, Instant.EPOCH, 0))
                .isInstanceOf(InterruptedException.class);
        recovery.tryEmitEmpty();
        writer.end(PATIENCE);

        assertThat(published.subList(0, TrackWriter.ROOM))
                .extracting(AudioChunk::getSequence)
                .containsExactlyElementsOf(
                        LongStream.range(0, TrackWriter.ROOM).boxed().toList());
        assertThat(published.get(published.size() - 1).getEndOfTrack()).isTrue();
    }

    @Test
    void finish_waitsForNobody_andAllOfTheTrackGetsThere() throws Exception {
        Sinks.Empty<Void> recovery = Sinks.empty();
        TrackWriter writer =
                writer((chunk, partition) -> recovery.asMono().doOnSuccess(nothing -> published.add(chunk)));
        writer.write(new short[2 * 3_200], 0, Instant.EPOCH, 0);

        writer.finish();
        assertThat(published).isEmpty();
        recovery.tryEmitEmpty();
        writer.end(PATIENCE);

        assertThat(published).extracting(AudioChunk::getEndOfTrack).endsWith(true);
        assertThat(published.stream().mapToInt(AudioChunk::getSampleCount).sum())
                .isEqualTo(2 * 3_200);
    }

    private static TrackWriter writer(ChunkSink sink) {
        return new AudioPublisher(sink, 1, AudioEvents.NONE).open(TRACK);
    }
}
