package dev.earshot.asr.domain;

import org.jspecify.annotations.Nullable;

/**
 * A chunk of a track as the domain sees it.
 *
 * @param sequence 0, 1, 2, … per track
 * @param firstSample session audio time of the first sample
 * @param sampleCount samples at 16 kHz
 * @param samples the audio, {@code sampleCount} samples of 16 bits; null when it could not be decoded
 * @param lostSamples how many of them are zeros for audio that capture lost; the record does not say which, so the gap is
 *     placed at the chunk's beginning: its length is right, its place within the chunk (200 ms) is not known
 * @param endOfTrack whether nothing follows
 * @param offset where the chunk lies in its partition
 * @param capturedAtMicros wall clock of the first sample, microseconds since the epoch
 * @param producedAtMicros wall clock at which it was sent, as the log has it
 * @param options what was asked for when it was captured
 */
public record Chunk(
        long sequence,
        long firstSample,
        int sampleCount,
        short @Nullable [] samples,
        int lostSamples,
        boolean endOfTrack,
        long offset,
        long capturedAtMicros,
        long producedAtMicros,
        DecodingOptions options) {

    long endSample() {
        return firstSample + sampleCount;
    }
}
