package dev.earshot.audio.domain;

import java.time.Instant;

/**
 * The audio of one chunk, before it is encoded.
 *
 * @param sequence 0, 1, 2, … per track
 * @param firstSample audio time of the first of {@code samples} that belongs to the chunk
 * @param sampleCount 0..3200; below 3200 only at the end of the track, where the window is filled up with zeros
 * @param window the chunk's 3200 samples with as many before and after them as the framer was asked for, 16 kHz mono; the
 *     frame owns it
 * @param lostSamples how many of the chunk's samples are zeros standing in for audio that was lost, 0..sampleCount
 * @param capturedAt wall clock when the first sample was captured
 * @param endOfTrack true on the last frame of the track
 */
public record Frame(
        long sequence,
        long firstSample,
        int sampleCount,
        short[] window,
        int lostSamples,
        Instant capturedAt,
        boolean endOfTrack) {}
