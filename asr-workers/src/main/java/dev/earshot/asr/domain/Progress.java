package dev.earshot.asr.domain;

import java.util.List;

/**
 * All audio of a track from start to end (exclusive) is accounted for: finals are published, gaps are named, the rest is
 * silence.
 *
 * @param afterCut whether the end is a cut inside speech
 */
public record Progress(long startSample, long endSample, List<Gap> gaps, boolean endOfTrack, boolean afterCut) {

    public Progress {
        gaps = List.copyOf(gaps);
    }
}
