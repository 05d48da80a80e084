package dev.earshot.asr.wire;

import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.Chunk;
import dev.earshot.asr.domain.DecodingOptions;
import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.schema.avro.AudioChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads records of {@code audio.chunk.v1}. Not thread-safe: it decodes with one decoder. */
public final class ChunkReader {

    private static final int MOST_SAMPLES = 16_000;
    /** Thirty days: no session lasts longer, and a gap up to a place beyond would be an invention. */
    private static final long LAST_FIRST_SAMPLE = 30L * 24 * 3600 * AudioTime.SAMPLE_RATE_HZ;

    /** Twice what a second takes at the most: one packet of Opus is never longer than 1275 bytes. */
    private static final int MOST_BYTES = 128 * 1024;

    /** Later than that, a clock counts in another unit, and sums with its times overflow. */
    private static final Instant LAST_CAPTURE = Instant.parse("2200-01-01T00:00:00Z");

    private static final int LOWEST_RATE_HZ = 8000;
    private static final int HIGHEST_RATE_HZ = 192_000;

    private final OpusChunkDecoder opus = new OpusChunkDecoder();

    /**
     * Reads the chunk with its audio.
     *
     * @throws UnreadableChunkException when its audio cannot be decoded, or its description makes no sense
     */
    public Chunk read(AudioChunk chunk, long offset, Instant producedAt) throws UnreadableChunkException {
        check(chunk);
        if (chunk.getSampleRateHz() != AudioTime.SAMPLE_RATE_HZ) {
            throw new UnreadableChunkException(
                    "sample_rate_hz: " + chunk.getSampleRateHz() + " (expected: " + AudioTime.SAMPLE_RATE_HZ + ")");
        }
        int bytes = chunk.getPayload().remaining();
        if (bytes > MOST_BYTES) {
            throw new UnreadableChunkException("payload: " + bytes + " bytes (expected: at most " + MOST_BYTES + ")");
        }
        return chunk(chunk, offset, producedAt, samples(chunk));
    }

    /**
     * The place of a chunk whose audio cannot be decoded, so that it can be declared lost.
     *
     * @throws UnreadableChunkException when even that makes no sense
     */
    public Chunk place(AudioChunk chunk, long offset, Instant producedAt) throws UnreadableChunkException {
        check(chunk);
        int rate = chunk.getSampleRateHz();
        if (rate < LOWEST_RATE_HZ || rate > HIGHEST_RATE_HZ) {
            throw new UnreadableChunkException(
                    "sample_rate_hz: " + rate + " (expected: " + LOWEST_RATE_HZ + ".." + HIGHEST_RATE_HZ + ")");
        }
        return chunk(chunk, offset, producedAt, null);
    }

    private static Chunk chunk(AudioChunk chunk, long offset, Instant producedAt, short @Nullable [] samples) {
        return new Chunk(
                chunk.getSequence(),
                chunk.getFirstSample(),
                (int) ((long) chunk.getSampleCount() * AudioTime.SAMPLE_RATE_HZ / chunk.getSampleRateHz()),
                samples,
                Math.max(0, chunk.getLostSamples()),
                chunk.getEndOfTrack(),
                offset,
                micros(chunk.getCapturedAt()),
                micros(producedAt),
                // Nobody's audio is lost because of a task that this worker does not know.
                new DecodingOptions(chunk.getLanguage(), LanguageRules.translates(chunk.getTask())));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static void check(AudioChunk chunk) throws UnreadableChunkException {
        if (chunk.getSequence() < 0) {
            throw new UnreadableChunkException("sequence: " + chunk.getSequence() + " (expected: at least 0)");
        }
        if (chunk.getFirstSample() < 0 || chunk.getFirstSample() > LAST_FIRST_SAMPLE) {
            throw new UnreadableChunkException(
                    "first_sample: " + chunk.getFirstSample() + " (expected: 0.." + LAST_FIRST_SAMPLE + ")");
        }
        if (chunk.getSampleCount() < 0 || chunk.getSampleCount() > MOST_SAMPLES) {
            throw new UnreadableChunkException(
                    "sample_count: " + chunk.getSampleCount() + " (expected: 0.." + MOST_SAMPLES + ")");
        }
        Instant capturedAt = chunk.getCapturedAt();
        if (capturedAt.isBefore(Instant.EPOCH) || capturedAt.isAfter(LAST_CAPTURE)) {
            throw new UnreadableChunkException(
                    "captured_at: " + capturedAt + " (expected: microseconds since 1970, before 2200)");
        }
    }

    private short[] samples(AudioChunk chunk) throws UnreadableChunkException {
        int count = chunk.getSampleCount();
        return switch (chunk.getCodec()) {
            case OPUS -> count == 0 ? new short[0] : opus.decode(chunk.getPayload(), count);
            case PCM_S16LE -> pcm(chunk.getPayload(), count);
            case UNKNOWN ->
                throw new UnreadableChunkException("codec: newer than this worker (expected: OPUS or PCM_S16LE)");
        };
    }

    private static short[] pcm(ByteBuffer payload, int count) throws UnreadableChunkException {
        if (payload.remaining() != count * Short.BYTES) {
            throw new UnreadableChunkException("PCM payload: " + payload.remaining() + " bytes for " + count
                    + " samples (expected: " + count * Short.BYTES + ")");
        }
        var samples = new short[count];
        payload.duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }
}
