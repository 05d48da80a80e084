package dev.earshot.asr.domain;

/** What a track wants done after it has heard a chunk. */
public sealed interface TrackEvent {

    /** Speech was noticed. */
    record UtteranceStarted(long startSample) implements TrackEvent {}

    /**
     * The open utterance is due for another look.
     *
     * @param revision how many frames of it have been heard: the same wherever and whenever it is decoded
     */
    record PartialDue(long startSample, long endSample, int revision, Window window) implements TrackEvent {}

    /**
     * An utterance has ended.
     *
     * @param decidedAt one past the last sample that was needed to know
     * @param revision higher than that of any partial of it
     */
    record UtteranceEnded(
            long startSample, long endSample, long decidedAt, int revision, EndReason reason, Window window)
            implements TrackEvent {}

    /** What started there was silence after all; no partial of it was due. */
    record UtteranceDropped(long startSample) implements TrackEvent {}

    /** Audio was lost. */
    record AudioLost(Gap gap) implements TrackEvent {}

    /** Why an utterance ended. */
    enum EndReason {
        SILENCE,
        TOO_LONG,
        /** The audio broke off: end of track, a gap, or nothing came for long. */
        AUDIO_ENDED
    }
}
