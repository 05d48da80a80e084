package dev.earshot.asr.app;

import dev.earshot.asr.domain.Gap;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.port.ModelInfo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Counts what a worker does. Thread-safe. RTFx is {@code rate(asr_audio_decoded) / rate(asr_decode_duration_sum)};
 * {@code audio.frames.received = accepted + dropped}.
 */
public final class MicrometerAsrEvents implements AsrEvents {

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter accepted;
    private final Counter skipped;
    private final Counter started;
    private final Counter restarts;
    private final Map<Enum<?>, Counter> dropped = new ConcurrentHashMap<>();
    private final Map<Enum<?>, Counter> lost = new ConcurrentHashMap<>();
    private final Map<Enum<?>, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<Enum<?>, Timer> latencies = new ConcurrentHashMap<>();
    private final DistributionSummary batches;
    private final AtomicInteger tracks = new AtomicInteger();
    private volatile double lagSeconds;
    private volatile double backlogSeconds;
    private volatile String model = "none";

    public MicrometerAsrEvents(MeterRegistry registry) {
        this.registry = registry;
        this.received = frames("audio.frames.received").register(registry);
        this.accepted = frames("audio.frames.accepted").register(registry);
        this.skipped = Counter.builder("asr.partials.skipped")
                .description("partials given up for something more urgent")
                .register(registry);
        this.started = Counter.builder("asr.utterances.started").register(registry);
        this.restarts = Counter.builder("asr.restarts")
                .description("times that everything began again from what was committed")
                .register(registry);
        this.batches = DistributionSummary.builder("asr.batch.windows")
                .description("windows decoded at a time")
                .register(registry);
        Gauge.builder("asr.tracks", tracks, AtomicInteger::get)
                .description("tracks listened to")
                .register(registry);
        Gauge.builder("asr.audio.lag", this, events -> events.lagSeconds)
                .baseUnit("seconds")
                .description(
                        "age of the newest audio heard, by the wall clock of its capture, on the track that waits longest")
                .register(registry);
        Gauge.builder("asr.backlog", this, events -> events.backlogSeconds)
                .baseUnit("seconds")
                .description("audio whose finals wait for the decoder")
                .register(registry);
    }

    private static Counter.Builder frames(String name) {
        return Counter.builder(name).baseUnit("frames").description("20 ms of audio each");
    }

    @Override
    public void modelLoaded(ModelInfo loaded) {
        model = loaded.name();
        Gauge.builder("asr.provider", () -> 1)
                .description("where the model computes")
                .tags("provider", loaded.provider(), "model", loaded.name())
                .register(registry);
        Gauge.builder("asr.gpu.missed", () -> loaded.whyNotGpu() == null ? 0 : 1)
                .description("1 when the model computes on the CPU although there is a GPU that it was to take")
                .register(registry);
    }

    @Override
    public void framesReceived(int frames) {
        received.increment(frames);
    }

    @Override
    public void framesAccepted(int frames) {
        accepted.increment(frames);
    }

    @Override
    public void framesDropped(int frames, Dropped reason) {
        counter(dropped, reason, r -> frames("audio.frames.dropped").tag("reason", r))
                .increment(frames);
    }

    @Override
    public void audioLag(Duration lag) {
        lagSeconds = lag.toMillis() / 1000.0;
    }

    @Override
    public void audioLost(double seconds, Gap.Reason reason) {
        counter(lost, reason, r -> Counter.builder("asr.audio.lost")
                        .baseUnit("seconds")
                        .tag("reason", r))
                .increment(seconds);
    }

    @Override
    public void utteranceStarted() {
        started.increment();
    }

    @Override
    public void utteranceEnded(Outcome outcome) {
        counter(outcomes, outcome, o -> Counter.builder("asr.utterances").tag("outcome", o))
                .increment();
    }

    @Override
    public void batchDecoded(int windows, double seconds, Duration took) {
        Tags tags = Tags.of("model", model);
        registry.timer("asr.decode.duration", tags).record(took);
        Counter.builder("asr.audio.decoded")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry)
                .increment(seconds);
        batches.record(windows);
    }

    @Override
    public void partialsSkipped(int count) {
        skipped.increment(count);
    }

    @Override
    public void hypothesisPublished(Kind kind, Duration latency) {
        Timer timer = latencies.computeIfAbsent(kind, k -> Timer.builder("asr.hypothesis.latency")
                .description("from capture of the audio needed to the hypothesis on its topic")
                .tag("kind", lower(k))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry));
        timer.record(latency.isNegative() ? Duration.ZERO : latency);
    }

    @Override
    public void backlog(double seconds) {
        backlogSeconds = seconds;
    }

    @Override
    public void tracks(int count) {
        tracks.set(count);
    }

    @Override
    public void restarted() {
        restarts.increment();
    }

    private Counter counter(Map<Enum<?>, Counter> counters, Enum<?> tag, Function<String, Counter.Builder> builder) {
        return counters.computeIfAbsent(tag, t -> builder.apply(lower(t)).register(registry));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
