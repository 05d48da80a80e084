package dev.earshot.audio.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkFramerTest {

    private final List<Frame> frames = new ArrayList<>();
    private final ChunkFramer framer = new ChunkFramer(0, 104, frames::add);

    @Test
    void handsFrameOut_whenItsLookaheadIsThere() {
        framer.write(new short[3_303], 0, Instant.EPOCH, 0);
        assertThat(frames).isEmpty();

        framer.write(new short[1], 3_303, Instant.EPOCH, 0);
        assertThat(frames).hasSize(1);
    }

    @Test
    void countsLoss_thatTheWriterDeclares() {
        framer.write(new short[3_200], 0, Instant.EPOCH, 400);
        framer.end();

        assertThat(frames).singleElement().satisfies(frame -> {
            assertThat(frame.lostSamples()).isEqualTo(400);
            assertThat(frame.endOfTrack()).isTrue();
        });
    }

    @Test
    void emptyTrack_hasOneEmptyFrame() {
        framer.end();
        framer.end();

        assertThat(frames).singleElement().satisfies(frame -> {
            assertThat(frame.sampleCount()).isZero();
            assertThat(frame.endOfTrack()).isTrue();
        });
    }

    @Test
    void refusesJump_thatIsABrokenClock() {
        framer.write(new short[1], 0, Instant.EPOCH, 0);

        assertThatThrownBy(() -> framer.write(new short[1], Long.MAX_VALUE, Instant.EPOCH, 0))
                .hasMessageContaining("at most six hours after 1");
    }

    @Test
    void refusesWriting_afterTheEnd() {
        framer.end();

        assertThatThrownBy(() -> framer.write(new short[1], 0, Instant.EPOCH, 0))
                .isInstanceOf(IllegalStateException.class);
    }
}
