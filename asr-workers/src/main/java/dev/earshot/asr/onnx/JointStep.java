package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.earshot.asr.port.ModelException;
import java.util.Arrays;
import java.util.List;

/** One step of many paths: their questions as the tensors that go into the networks, and what comes out as their answers. */
final class JointStep {

    private final List<Joint.Question> questions;

    JointStep(List<Joint.Question> questions) {
        this.questions = questions;
    }

    /** Puts {@code encoder_outputs} float32 [B, D, 1]. */
    Inputs frames(Inputs inputs) throws OrtException {
        int size = questions.get(0).frame().length;
        var frames = new float[questions.size() * size];
        for (int i = 0; i < questions.size(); i++) {
            System.arraycopy(questions.get(i).frame(), 0, frames, i * size, size);
        }
        return inputs.floats("encoder_outputs", frames, questions.size(), size, 1);
    }

    /** Puts {@code targets} int32 [B, 1], {@code target_length} int32 [B] and the two states float32 [layers, B, H]. */
    Inputs history(Inputs inputs, String hidden, String cells) throws OrtException {
        int paths = questions.size();
        List<PredictorState> states =
                questions.stream().map(Joint.Question::state).toList();
        int[] ones = new int[paths];
        Arrays.fill(ones, 1);
        long[] shape = {states.get(0).layers(), paths, states.get(0).width()};
        return inputs.ints(
                        "targets",
                        questions.stream().mapToInt(Joint.Question::lastToken).toArray(),
                        paths,
                        1)
                .ints("target_length", ones, paths)
                .floats(hidden, PredictorState.hidden(states), shape)
                .floats(cells, PredictorState.cells(states), shape);
    }

    /**
     * Takes the results apart.
     *
     * @param joined holds {@code outputs} float32 [B, 1, 1, tokens + durations]
     * @param predicted holds the two states, under the given names
     */
    Joint.Answers answers(OrtSession.Result joined, OrtSession.Result predicted, String hidden, String cells) {
        float[] scores = Graph.floats(joined, "outputs");
        int layers = questions.get(0).state().layers();
        return new Joint.Answers(
                scores,
                scores.length / questions.size(),
                PredictorState.unpacked(
                        Graph.floats(predicted, hidden), Graph.floats(predicted, cells), layers, questions.size()));
    }

    ModelException failed(OrtException e) {
        return new ModelException("a step of " + questions.size() + " paths failed (" + e.getMessage() + ")", e);
    }
}
