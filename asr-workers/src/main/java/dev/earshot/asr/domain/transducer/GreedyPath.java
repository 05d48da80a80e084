package dev.earshot.asr.domain.transducer;

import java.util.ArrayList;
import java.util.List;

/**
 * The greedy path through one utterance's transducer lattice. Whoever runs the networks asks for the frame and the last token,
 * and gives back the joint network's scores, until the path is done; so the paths of many utterances go through one run of the
 * network at a time. Not thread-safe.
 *
 * <p>A plain transducer moves on a frame with each blank. A token-and-duration transducer (TDT) also says by how many frames to
 * move on, 0 to 4; where that is 0, blank moves on by one all the same. No more than ten tokens are taken from one frame.
 *
 * <p>Source: Xu et al. 2023 (arXiv 2304.06795) algorithm 2; NeMo 2.0, {@code rnnt_greedy_decoding.py}, {@code
 * GreedyTDTInfer}; Graves 2012 (arXiv 1211.3711) for the plain one.
 */
public final class GreedyPath {

    /** NeMo's {@code max_symbols} for these models: a network that gets stuck must not speak for ever. */
    private static final int TOKENS_PER_FRAME = 10;

    private final int frames;
    private final int blank;
    private final int durations;
    private final List<SpokenToken> tokens = new ArrayList<>();
    private int frame;
    private int inFrame;

    /**
     * @param frames of the encoder's output
     * @param blank the vocabulary's last token, which stands for none
     * @param durations how many durations are scored after the tokens; 0 for a plain transducer
     */
    public GreedyPath(int frames, int blank, int durations) {
        this.frames = frames;
        this.blank = blank;
        this.durations = durations;
    }

    /** Whether there is nothing more to hear. */
    public boolean isDone() {
        return frame >= frames;
    }

    /** The frame that the joint network should look at. */
    public int frame() {
        return frame;
    }

    /** What the prediction network should continue: the last token, blank before the first. */
    public int lastToken() {
        return tokens.isEmpty() ? blank : tokens.get(tokens.size() - 1).id();
    }

    /**
     * Takes the joint network's scores (logits or log probabilities) of the tokens, blank last, and behind them of the durations.
     * Returns whether a token was said: only then does the prediction network's state move on.
     */
    public boolean take(float[] scores, int from) {
        int token = largest(scores, from, blank + 1);
        int step = durations == 0 ? 0 : largest(scores, from + blank + 1, durations);
        boolean said = token != blank;
        if (said) {
            tokens.add(new SpokenToken(token, frame, Math.max(1, step), logProb(scores, from, token)));
            inFrame++;
        }
        if (step == 0 && (!said || inFrame == TOKENS_PER_FRAME)) {
            step = 1;
        }
        if (step > 0) {
            frame += step;
            inFrame = 0;
        }
        return said;
    }

    /** What was said so far. */
    public List<SpokenToken> tokens() {
        return List.copyOf(tokens);
    }

    private static int largest(float[] scores, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (scores[from + i] > scores[from + best]) {
                best = i;
            }
        }
        return best;
    }

    private float logProb(float[] scores, int from, int token) {
        float top = scores[from + token];
        double sum = 0;
        for (int i = 0; i <= blank; i++) {
            sum += Math.exp(scores[from + i] - top);
        }
        return (float) -Math.log(sum);
    }
}
