package dev.earshot.asr.domain;

/**
 * Tells speech from silence on one track, 20 ms at a time.
 *
 * <p>The answer depends on nothing older than {@link #warmUpFrames}, so a worker that starts to read in the middle of a track
 * agrees with the one that read it from its start as soon as it has heard that much. Not thread-safe.
 */
public sealed interface SpeechGate permits EnergyGate, NeuralGate {

    /** Speech is noticed in the frame in which it begins or in one of the next four. */
    int NOTICE_FRAMES = 5;

    /** Frames after which nothing of what came before {@link #restart} could have changed the answer. */
    int warmUpFrames();

    /** Forgets what was heard; the next samples begin here, session audio time. */
    void restart(long sample);

    /** Hears more samples, of which {@link #frame} will ask. */
    void hear(short[] samples, int offset, int count);

    /** Goes on to the next frame, {@value AudioTime#FRAME_SAMPLES} samples. True while there is speech. */
    boolean frame(short[] samples, int offset);

    /** The last frame's level, dB relative to full scale. */
    float level();
}
