package dev.earshot.asr.domain;

import java.util.Arrays;

/**
 * Tells speech from silence by energy.
 *
 * <p>A frame is loud when it rises above the quietest moment of the last {@value #FLOOR_FRAMES} frames by a margin, and
 * above an absolute level; speech is where most of the last few frames are loud. The answer depends on nothing older than
 * {@value #WARM_UP_FRAMES} frames, so a worker that starts to read in the middle of a track agrees with the one that read it
 * from its start as soon as it has heard that much. One instance per track, not thread-safe.
 */
public final class EnergyGate implements SpeechGate {

    /** Frames after which nothing of what came before {@link #restart} could have changed the answer. */
    static final int WARM_UP_FRAMES = 104;

    /** A frame and the four before it decide together: clicks of a frame or two are no speech. */
    private static final int VOTE_FRAMES = NOTICE_FRAMES;

    private static final int VOTES_NEEDED = 3;
    /** Two seconds: people breathe, words have stops in them, so the quietest moment is the room's. */
    private static final int FLOOR_FRAMES = 100;
    /** Levels in dB relative to full scale. Speech in meetings is at -35..-15, rooms are at -70..-50. */
    private static final float QUIETEST_SPEECH_DB = -50f;

    private static final float MARGIN_DB = 10f;
    /** Speech without any pause in it must not become its own floor. */
    private static final float HIGHEST_FLOOR_DB = -36f;
    /** Until a second has been heard, the quietest moment may well be a word. */
    private static final float HIGHEST_EARLY_FLOOR_DB = -45f;

    private static final int EARLY_FRAMES = 50;
    /** Two seconds in which the level moves less than this are a fan or a tone: words are 20 dB above their own pauses. */
    private static final float STEADY_DB = 5f;

    private final float[] levels = new float[FLOOR_FRAMES];
    private final boolean[] votes = new boolean[VOTE_FRAMES];
    private long frames;
    private float level;

    @Override
    public int warmUpFrames() {
        return WARM_UP_FRAMES;
    }

    @Override
    public void restart(long sample) {
        frames = 0;
        Arrays.fill(votes, false);
    }

    @Override
    public void hear(short[] samples, int offset, int count) {
        // Each frame is looked at when its turn comes.
    }

    @Override
    public boolean frame(short[] samples, int offset) {
        level = Levels.of(samples, offset);
        levels[(int) (frames % FLOOR_FRAMES)] = level;
        votes[(int) (frames % VOTE_FRAMES)] = level > threshold();
        frames++;
        int loud = 0;
        for (boolean vote : votes) {
            loud += vote ? 1 : 0;
        }
        return loud >= VOTES_NEEDED;
    }

    @Override
    public float level() {
        return level;
    }

    private float threshold() {
        int heard = (int) Math.min(frames + 1, FLOOR_FRAMES);
        float quietest = Float.POSITIVE_INFINITY;
        float loudest = Float.NEGATIVE_INFINITY;
        // Means over the frames of a vote, so that one frame lost to zeros is not taken for a quiet room.
        for (int first = 0; first + VOTE_FRAMES <= heard; first += VOTE_FRAMES) {
            float sum = 0;
            for (int i = first; i < first + VOTE_FRAMES; i++) {
                sum += levels[(int) ((frames - i) % FLOOR_FRAMES)];
            }
            quietest = Math.min(quietest, sum / VOTE_FRAMES);
            loudest = Math.max(loudest, sum / VOTE_FRAMES);
        }
        if (heard == FLOOR_FRAMES && loudest - quietest < STEADY_DB) {
            return Float.POSITIVE_INFINITY;
        }
        float highest = heard < EARLY_FRAMES ? HIGHEST_EARLY_FLOOR_DB : HIGHEST_FLOOR_DB;
        return Math.max(QUIETEST_SPEECH_DB, Math.min(quietest, highest) + MARGIN_DB);
    }
}
