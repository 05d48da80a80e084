package dev.earshot.asr.onnx;

import java.util.List;

/**
 * The prediction and the joint network of a transducer: scores of what may be said in one frame, after what was said before.
 *
 * <p>Owns native memory: close it. Not thread-safe.
 */
interface Joint extends AutoCloseable {

    /**
     * One path's question.
     *
     * @param frame the encoder's output in that frame
     * @param lastToken what was said last
     * @param state the prediction network's, from before that token
     */
    record Question(float[] frame, int lastToken, PredictorState state) {}

    /**
     * The answers to many questions.
     *
     * @param scores of question i: from {@code i * width} on
     * @param states of question i, to go on with if a token is taken
     */
    record Answers(float[] scores, int width, List<PredictorState> states) {}

    Answers ask(List<Question> questions);

    /** The state before anything was said. */
    PredictorState silence();

    @Override
    void close();
}
