package dev.earshot.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.audio.domain.ChunkFramer;
import dev.earshot.audio.domain.Frame;
import io.github.jaredmdobson.concentus.OpusException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpusChunkEncoderTest {

    private final short[] speech = speechLike(160_000);

    @Test
    void decodedSamples_lineUpWithTheirIndices() throws OpusException {
        short[] heard = encodeAndDecode(speech);

        int bestLag = 0;
        for (int lag = -50; lag <= 50; lag++) {
            bestLag = correlation(heard, lag) > correlation(heard, bestLag) ? lag : bestLag;
        }
        assertThat(bestLag).isBetween(-1, 1);
        assertThat(correlation(heard, 0)).isGreaterThan(0.9);
    }

    @Test
    void aChunk_isTheSame_whateverWasEncodedBefore() {
        List<Frame> frames = frames(speech);
        var fresh = new OpusChunkEncoder();
        var used = new OpusChunkEncoder();
        for (Frame frame : frames.subList(0, 20)) {
            used.encode(frame.window(), frame.sampleCount());
        }

        for (Frame frame : frames.subList(30, 35)) {
            byte[] payload = used.encode(frame.window(), frame.sampleCount());
            assertThat(payload).isEqualTo(new OpusChunkEncoder().encode(frame.window(), frame.sampleCount()));
            assertThat(payload).isEqualTo(fresh.encode(frame.window(), frame.sampleCount()));
        }
    }

    @Test
    void takesAboutTwelvePercentOfPcm() {
        var encoder = new OpusChunkEncoder();
        long bytes = frames(speech).stream()
                .mapToLong(frame -> encoder.encode(frame.window(), frame.sampleCount()).length)
                .sum();

        double megabytesAnHour = bytes / (speech.length / 16_000.0) * 3_600 / 1e6;
        assertThat(megabytesAnHour).isBetween(6.0, 12.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 319, 320, 321, 3_199})
    void shortLastChunk_decodesInFull(int samples) throws OpusException {
        var encoder = new OpusChunkEncoder();
        Frame frame = frames(speechLike(samples)).get(0);

        byte[] payload = encoder.encode(frame.window(), frame.sampleCount());

        assertThat(OpusChunkDecoder.decode(payload, samples)).hasSize(samples);
    }

    @Test
    void noSamples_giveNoPayload() {
        var encoder = new OpusChunkEncoder();

        assertThat(encoder.encode(new short[3_520], 0)).isEmpty();
    }

    private static List<Frame> frames(short[] samples) {
        var encoder = new OpusChunkEncoder();
        List<Frame> frames = new ArrayList<>();
        var framer = new ChunkFramer(encoder.history(), encoder.lookahead(), frames::add);
        framer.write(samples, 0, Instant.EPOCH, 0);
        framer.end();
        return frames;
    }

    private static short[] encodeAndDecode(short[] samples) throws OpusException {
        var encoder = new OpusChunkEncoder();
        short[] heard = new short[samples.length];
        for (Frame frame : frames(samples)) {
            byte[] payload = encoder.encode(frame.window(), frame.sampleCount());
            short[] decoded = OpusChunkDecoder.decode(payload, frame.sampleCount());
            System.arraycopy(decoded, 0, heard, (int) frame.firstSample(), decoded.length);
        }
        return heard;
    }

    private double correlation(short[] heard, int lag) {
        double product = 0;
        double said = 0;
        double got = 0;
        for (int i = 100; i < speech.length - 100; i++) {
            product += (double) speech[i] * heard[i + lag];
            said += (double) speech[i] * speech[i];
            got += (double) heard[i + lag] * heard[i + lag];
        }
        return product / Math.sqrt(said * got);
    }

    /** A voice as a codec for speech expects it: a falling and rising pitch with harmonics, in syllables, over faint noise. */
    private static short[] speechLike(int count) {
        var random = new Random(7);
        short[] samples = new short[count];
        double phase = 0;
        for (int i = 0; i < count; i++) {
            phase += 2 * Math.PI * (130 + 40 * Math.sin(i / 9_000.0)) / 16_000;
            double voice = 0;
            for (int harmonic = 1; harmonic <= 20; harmonic++) {
                double formants = Math.exp(-Math.pow((harmonic * 130 - 600) / 500.0, 2))
                        + 0.4 * Math.exp(-Math.pow((harmonic * 130 - 1_700) / 400.0, 2));
                voice += formants * Math.sin(harmonic * phase);
            }
            double syllable = Math.max(0, Math.sin(i / 1_300.0));
            samples[i] = (short) (3_000 * voice * syllable + 20 * random.nextGaussian());
        }
        return samples;
    }
}
