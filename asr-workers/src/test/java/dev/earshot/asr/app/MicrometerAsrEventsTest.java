package dev.earshot.asr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.domain.Gap;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.port.ModelInfo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MicrometerAsrEventsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AsrEvents events = new MicrometerAsrEvents(registry);

    @Test
    void frames_addUp() {
        events.framesReceived(10);
        events.framesAccepted(10);
        events.framesReceived(5);
        events.framesDropped(5, AsrEvents.Dropped.UNREADABLE);

        assertThat(count("audio.frames.received"))
                .isEqualTo(count("audio.frames.accepted") + count("audio.frames.dropped", "reason", "unreadable"));
    }

    @Test
    void provider_isShown() {
        events.modelLoaded(new ModelInfo("builtin", "00", "en", null, "cpu"));

        assertThat(registry.get("asr.provider")
                        .tags("provider", "cpu", "model", "builtin")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void decoding_isTimedPerModel() {
        events.modelLoaded(new ModelInfo("builtin", "00", "en", null, "cpu"));
        events.batchDecoded(4, 12.5, Duration.ofMillis(30));

        assertThat(count("asr.audio.decoded", "model", "builtin")).isEqualTo(12.5);
        assertThat(registry.get("asr.decode.duration").timer().count()).isEqualTo(1);
        assertThat(registry.get("asr.batch.windows").summary().totalAmount()).isEqualTo(4);
    }

    @Test
    void lag_backlog_losses_andLatency() {
        events.audioLag(Duration.ofMillis(1500));
        events.backlog(7);
        events.tracks(3);
        events.audioLost(0.2, Gap.Reason.CHUNK_MISSING);
        events.hypothesisPublished(AsrEvents.Kind.FINAL, Duration.ofMillis(-5));
        events.utteranceStarted();
        events.utteranceEnded(AsrEvents.Outcome.EMPTY);
        events.partialsSkipped(2);
        events.restarted();

        assertThat(registry.get("asr.audio.lag").gauge().value()).isEqualTo(1.5);
        assertThat(registry.get("asr.backlog").gauge().value()).isEqualTo(7);
        assertThat(registry.get("asr.tracks").gauge().value()).isEqualTo(3);
        assertThat(count("asr.audio.lost", "reason", "chunk_missing")).isEqualTo(0.2);
        assertThat(registry.get("asr.hypothesis.latency")
                        .tag("kind", "final")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(count("asr.utterances", "outcome", "empty")).isEqualTo(1);
        assertThat(count("asr.utterances.started")).isEqualTo(1);
        assertThat(count("asr.partials.skipped")).isEqualTo(2);
        assertThat(count("asr.restarts")).isEqualTo(1);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }
}
