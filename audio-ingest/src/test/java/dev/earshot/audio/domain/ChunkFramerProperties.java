package dev.earshot.audio.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChunkFramerProperties {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Property(tries = 200)
    void everySampleIsInExactlyOneFrame(
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 9_000) Integer> bursts,
            @ForAll @IntRange(max = 3_200) int history,
            @ForAll @IntRange(max = 3_200) int lookahead,
            @ForAll @IntRange(max = 1_000_000) int firstSample) {
        List<Frame> frames = new ArrayList<>();
        var framer = new ChunkFramer(history, lookahead, frames::add);
        long next = firstSample;
        for (int burst : bursts) {
            framer.write(ramp(next, burst), next, at(next), 0);
            next += burst;
        }
        framer.end();

        assertDense(frames);
        long expected = bursts.isEmpty() ? 0 : firstSample;
        long written = next - firstSample;
        for (Frame frame : frames) {
            assertThat(frame.firstSample()).isEqualTo(expected);
            assertThat(frame.sampleCount() == 0 || frame.capturedAt().equals(at(expected)))
                    .isTrue();
            assertThat(frame.lostSamples()).isZero();
            assertWindow(frame, history, firstSample, firstSample + written);
            expected += frame.sampleCount();
        }
        assertThat(frames.stream().mapToLong(Frame::sampleCount).sum()).isEqualTo(written);
    }

    @Property(tries = 200)
    void lostSamplesAreCounted_andRepeatedOnesLeftOut(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = -4_000, max = 8_000) Integer> jumps) {
        List<Frame> frames = new ArrayList<>();
        var framer = new ChunkFramer(216, 104, frames::add);
        long next = 10_000;
        long lost = 0;
        framer.write(ramp(next, 1_600), next, at(next), 0);
        next += 1_600;
        for (int jump : jumps) {
            long first = Math.max(0, next + jump);
            framer.write(ramp(first, 1_600), first, at(first), 0);
            lost += Math.max(0, jump);
            next = Math.max(next, first + 1_600);
        }
        framer.end();

        assertDense(frames);
        assertThat(frames.stream().mapToLong(Frame::lostSamples).sum()).isEqualTo(lost);
        assertThat(frames.stream().mapToLong(Frame::sampleCount).sum()).isEqualTo(next - 10_000);
    }

    private static void assertDense(List<Frame> frames) {
        assertThat(frames).isNotEmpty();
        for (int i = 0; i < frames.size(); i++) {
            boolean last = i == frames.size() - 1;
            assertThat(frames.get(i).sequence()).isEqualTo(i);
            assertThat(frames.get(i).endOfTrack()).isEqualTo(last);
            if (!last) {
                assertThat(frames.get(i).sampleCount()).isEqualTo(AudioTime.CHUNK_SAMPLES);
            }
        }
    }

    private static void assertWindow(Frame frame, int history, long from, long to) {
        for (int i = 0; i < frame.window().length; i++) {
            long sample = frame.firstSample() - history + i;
            short expected = sample < from || sample >= to ? 0 : value(sample);
            assertThat(frame.window()[i]).isEqualTo(expected);
        }
    }

    private static short[] ramp(long first, int count) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = value(first + i);
        }
        return samples;
    }

    private static short value(long sample) {
        return (short) (1 + sample % 30_011);
    }

    private static Instant at(long sample) {
        return START.plus(AudioTime.duration(sample));
    }
}
