package dev.earshot.segment.domain;

import java.time.Duration;

/** A stretch of audio: samples {@code start} (included) to {@code end} (excluded), 16 kHz, session audio time. */
public record Span(long start, long end) {

    /** No audio. */
    public static final Span NONE = new Span(0, 0);

    /** 30 days: no session lasts so long, and no sum of such positions overflows. */
    public static final long LAST_SAMPLE = 30L * 24 * 60 * 60 * 16_000;

    /** 16 kHz. */
    private static final long SAMPLES_PER_MS = 16;

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(
                    "span: [" + start + ", " + end + ") (expected: 0 <= start <= end, in samples)");
        }
    }

    public long length() {
        return end - start;
    }

    public long startMs() {
        return toMs(start);
    }

    public long endMs() {
        return toMs(end);
    }

    /** Samples that both have. */
    public long overlap(Span other) {
        return Math.max(0, Math.min(end, other.end) - Math.max(start, other.start));
    }

    /** Whether more than half of this lies in the other. */
    public boolean isMostlyIn(Span other) {
        return 2 * overlap(other) > length();
    }

    /** What is left of this from a sample on; empty at its end when nothing is. */
    public Span from(long sample) {
        return sample <= start ? this : new Span(Math.min(sample, end), end);
    }

    public static long toMs(long samples) {
        return samples / SAMPLES_PER_MS;
    }

    /** Rounded down to milliseconds. */
    public static long toSamples(Duration duration) {
        return duration.toMillis() * SAMPLES_PER_MS;
    }
}
