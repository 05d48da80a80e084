package dev.earshot.audio.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerAudioEventsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MicrometerAudioEvents events = new MicrometerAudioEvents(meters);

    @Test
    void countsAudioInSeconds() {
        events.chunkPublished(3_200, 1_600, 600);
        events.chunkPublished(3_200, 0, 500);

        assertThat(meters.get("audio.published").counter().count()).isEqualTo(0.4);
        assertThat(meters.get("audio.lost").counter().count()).isEqualTo(0.1);
        assertThat(meters.get("audio.payload").counter().count()).isEqualTo(1_100);
    }

    @Test
    void showsOpenTracks_andWhatKafkaMadeWait() {
        events.trackStarted(3);
        events.trackStarted(4);
        events.trackEnded(3);
        events.publishRetried(new IllegalStateException("no"));
        events.writeDelayed(Duration.ofMillis(250));

        assertThat(meters.get("audio.tracks").gauge().value()).isEqualTo(1);
        assertThat(meters.get("audio.publish.retries").counter().count()).isEqualTo(1);
        assertThat(meters.get("audio.write.delay").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(250);
    }
}
