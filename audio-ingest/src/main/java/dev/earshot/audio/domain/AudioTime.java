package dev.earshot.audio.domain;

import java.time.Duration;
import java.time.Instant;

/** The session's audio time: samples at 16 kHz, counted from the start of the session. */
public final class AudioTime {

    /** The one rate behind the front door, samples a second. */
    public static final int RATE_HZ = 16_000;

    /** Samples in a chunk: 200 ms. */
    public static final int CHUNK_SAMPLES = 3_200;

    private static final long NANOS_PER_SAMPLE = 1_000_000_000L / RATE_HZ;

    private AudioTime() {}

    /** How long {@code samples} samples last. */
    public static Duration duration(long samples) {
        return Duration.ofNanos(samples * NANOS_PER_SAMPLE);
    }

    /** The sample captured at {@code at}, rounded to the nearest; negative before the session started. */
    public static long sampleAt(Instant sessionStart, Instant at) {
        long nanos = Duration.between(sessionStart, at).toNanos();
        return Math.floorDiv(nanos + NANOS_PER_SAMPLE / 2, NANOS_PER_SAMPLE);
    }
}
