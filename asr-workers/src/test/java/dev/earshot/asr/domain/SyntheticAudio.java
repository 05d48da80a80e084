package dev.earshot.asr.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Tracks of sound that is loud where somebody would speak: bursts of noise with pauses in them, over a room that hums at
 * some level. Everything follows from the seed.
 */
final class SyntheticAudio {

    private SyntheticAudio() {}

    static short[] silence(int millis) {
        return new short[millis * AudioTime.SAMPLES_PER_MS];
    }

    /** Noise at a level, with a dip every 120 ms as between syllables, of which every third is a weak one. */
    static short[] speech(int millis, double db, long seed) {
        var random = new Random(seed);
        var audio = new short[millis * AudioTime.SAMPLES_PER_MS];
        double amplitude = 32768 * Math.pow(10, db / 20) * Math.sqrt(3);
        for (int i = 0; i < audio.length; i++) {
            int ms = i / AudioTime.SAMPLES_PER_MS;
            double stress = ms % 120 > 100 ? 0.05 : ms / 120 % 3 == 2 ? 0.3 : 1;
            audio[i] = (short) ((random.nextDouble() * 2 - 1) * amplitude * stress);
        }
        return audio;
    }

    static short[] join(short[]... parts) {
        int length = 0;
        for (short[] part : parts) {
            length += part.length;
        }
        var joined = new short[length];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    /** Talk of about so many seconds: turns of any length, pauses of any length, some of it without a pause for long. */
    static short[] talk(long seed, int seconds) {
        var random = new Random(seed);
        double roomDb = -75 + random.nextInt(35);
        short[] audio = new short[0];
        while (audio.length < seconds * AudioTime.SAMPLE_RATE_HZ) {
            int pause = random.nextInt(4) == 0 ? random.nextInt(4000) : random.nextInt(900);
            int turn = random.nextInt(6) == 0 ? 8000 + random.nextInt(25_000) : random.nextInt(4000);
            audio = join(audio, silence(pause), speech(turn, -32 + random.nextInt(20), random.nextLong()));
        }
        double amplitude = 32768 * Math.pow(10, roomDb / 20) * Math.sqrt(3);
        for (int i = 0; i < audio.length; i++) {
            audio[i] += (short) ((random.nextDouble() * 2 - 1) * amplitude);
        }
        return audio;
    }

    /** Chunks of 200 ms, the last one marked. Offsets are 10 apart, as if other tracks shared the partition. */
    static List<Chunk> chunks(short[] audio, long firstSample) {
        var chunks = new ArrayList<Chunk>();
        int size = 3200;
        for (int from = 0; from < audio.length; from += size) {
            int to = Math.min(audio.length, from + size);
            chunks.add(chunk(chunks.size(), firstSample + from, java.util.Arrays.copyOfRange(audio, from, to)));
        }
        Chunk last = chunks.remove(chunks.size() - 1);
        chunks.add(but(last, last.samples(), 0, true, 0, last.options()));
        return chunks;
    }

    static Chunk chunk(long sequence, long firstSample, short[] samples) {
        return new Chunk(
                sequence,
                firstSample,
                samples.length,
                samples,
                0,
                false,
                sequence * 10,
                1_700_000_000_000_000L + firstSample * 1_000_000 / AudioTime.SAMPLE_RATE_HZ,
                1_700_000_000_000_000L + firstSample * 1_000_000 / AudioTime.SAMPLE_RATE_HZ,
                DecodingOptions.NONE);
    }

    static Chunk unreadable(Chunk chunk) {
        return but(chunk, null, 0, chunk.endOfTrack(), 0, chunk.options());
    }

    /** The same chunk with so many zeros from a place on, as capture puts them in for what it lost. */
    static Chunk partlyLost(Chunk chunk, int from, int count) {
        short[] samples = chunk.samples().clone();
        java.util.Arrays.fill(samples, from, from + count, (short) 0);
        return but(chunk, samples, count, chunk.endOfTrack(), 0, chunk.options());
    }

    /** The same chunk, which says nothing of what was lost. */
    static Chunk asIfWhole(Chunk chunk) {
        return but(chunk, chunk.samples(), 0, chunk.endOfTrack(), 0, chunk.options());
    }

    /** The same chunk, sent later. */
    static Chunk delayed(Chunk chunk, int seconds) {
        return but(chunk, chunk.samples(), chunk.lostSamples(), chunk.endOfTrack(), seconds, chunk.options());
    }

    /** The same chunk, captured when somebody had asked for a language. */
    static Chunk in(String language, Chunk chunk) {
        var asked = new DecodingOptions(language, null);
        return but(chunk, chunk.samples(), chunk.lostSamples(), chunk.endOfTrack(), 0, asked);
    }

    private static Chunk but(
            Chunk chunk,
            short[] samples,
            int lostSamples,
            boolean endOfTrack,
            int laterSeconds,
            DecodingOptions options) {
        return new Chunk(
                chunk.sequence(),
                chunk.firstSample(),
                chunk.sampleCount(),
                samples,
                lostSamples,
                endOfTrack,
                chunk.offset(),
                chunk.capturedAtMicros(),
                chunk.producedAtMicros() + laterSeconds * 1_000_000L,
                options);
    }

    /**
     * The same chunks after an accident or two: some lost, some unreadable, some late, some with a part that capture lost. The
     * first and the last arrive. The user asks for another language now and then.
     */
    static List<Chunk> damaged(List<Chunk> chunks, long seed) {
        var random = new Random(seed);
        var damaged = new ArrayList<Chunk>();
        int lost = 0;
        int late = 0;
        int language = 0;
        for (Chunk whole : chunks) {
            late += random.nextInt(100) == 0 ? random.nextInt(20) : 0;
            language += random.nextInt(20) == 0 ? 1 : 0;
            Chunk chunk = in(String.valueOf(language), delayed(whole, late));
            boolean edge = chunk.sequence() == 0 || chunk.endOfTrack();
            if (lost == 0 && random.nextInt(40) == 0) {
                lost = 1 + random.nextInt(5);
            }
            if (edge || lost == 0) {
                boolean part = chunk.sampleCount() > 1 && random.nextInt(20) == 0;
                int from = part ? random.nextInt(chunk.sampleCount() - 1) : 0;
                damaged.add(part ? partlyLost(chunk, from, 1 + random.nextInt(chunk.sampleCount() - 1 - from)) : chunk);
            } else if (random.nextBoolean()) {
                damaged.add(unreadable(chunk));
            }
            lost = Math.max(0, lost - 1);
        }
        return damaged;
    }
}
