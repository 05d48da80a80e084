package dev.earshot.asr;

import dev.earshot.asr.domain.Window;

/**
 * One window to decode.
 *
 * @param decidedAt one past the last sample that was needed to know that this should be decoded
 */
record DecodeJob(
        ListenedTrack track,
        boolean isFinal,
        long startSample,
        long endSample,
        long decidedAt,
        int revision,
        Window window) {}
