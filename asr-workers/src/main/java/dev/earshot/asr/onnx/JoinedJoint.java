package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.earshot.asr.port.ModelException;
import java.util.Arrays;
import java.util.List;

/**
 * Prediction and joint network in one graph, as NeMo exports them and onnx-asr names them: {@code encoder_outputs} float32 [B, D,
 * 1], {@code targets} int32 [B, 1], {@code target_length} int32 [B], {@code input_states_1/2} float32 [layers, B, H] to {@code
 * outputs} float32 [B, 1, 1, tokens + durations] and {@code output_states_1/2}.
 */
final class JoinedJoint implements Joint {

    private final Graph graph;
    private final PredictorState silence;

    JoinedJoint(ModelFolder folder, String file, Compute compute) {
        graph = Graph.open(folder, file, compute)
                .require(
                        List.of("encoder_outputs", "targets", "target_length", "input_states_1", "input_states_2"),
                        List.of("outputs", "output_states_1", "output_states_2"));
        silence = PredictorState.zeros(graph.dimension("input_states_1", 0), graph.dimension("input_states_1", 2));
    }

    @Override
    public PredictorState silence() {
        return silence;
    }

    @Override
    public Answers ask(List<Question> questions) {
        int paths = questions.size();
        List<PredictorState> states = questions.stream().map(Question::state).toList();
        int[] targets = questions.stream().mapToInt(Question::lastToken).toArray();
        int[] ones = new int[paths];
        Arrays.fill(ones, 1);
        long[] stateShape = {silence.layers(), paths, silence.width()};
        try (Inputs inputs = new Inputs()
                        .floats(
                                "encoder_outputs",
                                frames(questions),
                                paths,
                                questions.get(0).frame().length,
                                1)
                        .ints("targets", targets, paths, 1)
                        .ints("target_length", ones, paths)
                        .floats("input_states_1", PredictorState.hidden(states), stateShape)
                        .floats("input_states_2", PredictorState.cells(states), stateShape);
                OrtSession.Result result = graph.run(inputs)) {
            float[] scores = Graph.floats(result, "outputs");
            return new Answers(
                    scores,
                    scores.length / paths,
                    PredictorState.unpacked(
                            Graph.floats(result, "output_states_1"),
                            Graph.floats(result, "output_states_2"),
                            silence.layers(),
                            paths));
        } catch (OrtException e) {
            throw new ModelException("a step of " + paths + " paths failed (" + e.getMessage() + ")", e);
        }
    }

    /** Frames one behind the other: [B, D, 1]. */
    static float[] frames(List<Question> questions) {
        int size = questions.get(0).frame().length;
        var frames = new float[questions.size() * size];
        for (int i = 0; i < questions.size(); i++) {
            System.arraycopy(questions.get(i).frame(), 0, frames, i * size, size);
        }
        return frames;
    }

    @Override
    public void close() {
        graph.close();
    }
}
