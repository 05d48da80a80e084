package dev.earshot.audio.metrics;

import dev.earshot.audio.AudioEvents;
import dev.earshot.audio.domain.AudioTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a process puts on the audio topic. Thread-safe. Bytes per track-hour are {@code bytes / seconds * 3600}. */
public final class MicrometerAudioEvents implements AudioEvents {

    private final AtomicInteger tracks = new AtomicInteger();
    private final Counter published;
    private final Counter lost;
    private final Counter bytes;
    private final Counter retries;
    private final Timer delays;

    public MicrometerAudioEvents(MeterRegistry registry) {
        Gauge.builder("audio.tracks", tracks, AtomicInteger::get)
                .description("tracks being published")
                .register(registry);
        this.published = Counter.builder("audio.published")
                .baseUnit("seconds")
                .description("audio in Kafka, silence and loss included")
                .register(registry);
        this.lost = Counter.builder("audio.lost")
                .baseUnit("seconds")
                .description("published zeros that stand in for what capture lost")
                .register(registry);
        this.bytes = Counter.builder("audio.payload")
                .baseUnit("bytes")
                .description("encoded audio in Kafka, without its envelope")
                .register(registry);
        this.retries = Counter.builder("audio.publish.retries")
                .description("chunks that Kafka did not take at once")
                .register(registry);
        this.delays = Timer.builder("audio.write.delay")
                .description("waits of writers for room, while Kafka is behind")
                .register(registry);
    }

    @Override
    public void trackStarted(int partition) {
        tracks.incrementAndGet();
    }

    @Override
    public void chunkPublished(int samples, int lostSamples, int payloadBytes) {
        published.increment(seconds(samples));
        lost.increment(seconds(lostSamples));
        bytes.increment(payloadBytes);
    }

    @Override
    public void publishRetried(Throwable reason) {
        retries.increment();
    }

    @Override
    public void writeDelayed(Duration waited) {
        delays.record(waited);
    }

    @Override
    public void trackEnded(int partition) {
        tracks.decrementAndGet();
    }

    private static double seconds(int samples) {
        return samples / (double) AudioTime.RATE_HZ;
    }
}
