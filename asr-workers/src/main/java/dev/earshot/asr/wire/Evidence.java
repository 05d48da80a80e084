package dev.earshot.asr.wire;

import org.jspecify.annotations.Nullable;

/**
 * Where the audio of a hypothesis lies, when it was captured, and what was asked for then.
 *
 * @param startSample first sample, session audio time
 * @param endSample one past the last
 * @param firstOffset offset of the chunk with the first sample
 * @param lastOffset offset of the chunk with the last sample
 * @param startMicros wall clock of the first sample's capture, microseconds since the epoch
 * @param endMicros wall clock of the last sample's capture
 * @param readyMicros wall clock of capture of the last sample that was needed to decide
 * @param askedLanguage what the user said is spoken, ISO 639-1; null when nobody said
 */
public record Evidence(
        long startSample,
        long endSample,
        long firstOffset,
        long lastOffset,
        long startMicros,
        long endMicros,
        long readyMicros,
        @Nullable String askedLanguage) {}
