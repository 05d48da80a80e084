package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
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
        var step = new JointStep(questions);
        try (Inputs inputs = new Inputs();
                OrtSession.Result result =
                        graph.run(step.history(step.frames(inputs), "input_states_1", "input_states_2"))) {
            return step.answers(result, result, "output_states_1", "output_states_2");
        } catch (OrtException e) {
            throw step.failed(e);
        }
    }

    @Override
    public void close() {
        graph.close();
    }
}
