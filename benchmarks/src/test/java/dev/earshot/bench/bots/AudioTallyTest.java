package dev.earshot.bench.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.AudioCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AudioTallyTest {

    private final AudioTally tally = new AudioTally();

    @Test
    void wholeTracks_missNothing() {
        take("s:t0", 0, false);
        take("s:t1", 0, true);
        take("s:t0", 1, true);

        assertThat(tally.tracks()).isEqualTo(2);
        assertThat(tally.isOver()).isTrue();
        assertThat(tally.missing()).isZero();
        assertThat(tally.seconds()).isEqualTo(0.6);
        assertThat(tally.lostSeconds()).isEqualTo(0.3);
    }

    @Test
    void holesAndEndsThatNeverCame_areMissing() {
        take("s:t0", 0, false);
        take("s:t0", 3, false);

        assertThat(tally.isOver()).isFalse();
        assertThat(tally.missing()).isEqualTo(3);
    }

    private void take(String track, long sequence, boolean isEnd) {
        tally.take(AudioChunk.newBuilder()
                .setMeetingId("1")
                .setSessionUid("s")
                .setTrackId(track)
                .setSequence(sequence)
                .setFirstSample(sequence * 3_200)
                .setSampleCount(3_200)
                .setSampleRateHz(16_000)
                .setCodec(AudioCodec.OPUS)
                .setPayload(ByteBuffer.allocate(1))
                .setLostSamples(1_600)
                .setCapturedAt(Instant.EPOCH)
                .setEndOfTrack(isEnd)
                .setLanguage(null)
                .build());
    }
}
