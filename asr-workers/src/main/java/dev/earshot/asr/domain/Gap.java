package dev.earshot.asr.domain;

/** Audio that was never heard: samples from start to end (exclusive). */
public record Gap(long startSample, long endSample, Reason reason) {

    /** Why it was not. */
    public enum Reason {
        /** Capture filled in zeros, or jumped. */
        CAPTURE_LOST,
        /** A chunk's number is missing. */
        CHUNK_MISSING,
        /** A chunk came and could not be decoded. */
        CHUNK_UNREADABLE,
        /** There was speech, and the recogniser failed on it. */
        DECODE_FAILED
    }
}
