package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.earshot.asr.port.ModelException;
import java.util.Arrays;
import java.util.List;

/**
 * Prediction and joint network in two graphs, as sherpa-onnx exports them from NeMo. The decoder takes {@code targets} int32 [B,
 * 1], {@code target_length} int32 [B] and two states float32 [layers, B, H], whose names PyTorch made up, and gives {@code
 * outputs} float32 [B, H, 1], a length, and the two states; the joiner takes {@code encoder_outputs} float32 [B, D, 1] and {@code
 * decoder_outputs} to {@code outputs} float32 [B, 1, 1, tokens + durations].
 */
final class SeparateJoint implements Joint {

    private final Graph decoder;
    private final Graph joiner;
    private final List<String> stateInputs;
    private final List<String> stateOutputs;
    private final PredictorState silence;

    SeparateJoint(ModelFolder folder, String decoderFile, String joinerFile, Compute compute) {
        decoder = Graph.open(folder, decoderFile, compute)
                .require(List.of("targets", "target_length"), List.of("outputs"));
        List<String> inputs = List.copyOf(decoder.inputs());
        List<String> outputs = List.copyOf(decoder.outputs());
        if (inputs.size() != 4 || outputs.size() != 4) {
            decoder.close();
            throw folder.broken(
                    decoderFile, "inputs " + inputs + ", outputs " + outputs + " (expected: four of each, two states)");
        }
        stateInputs = inputs.subList(2, 4);
        stateOutputs = outputs.subList(2, 4);
        silence = PredictorState.zeros(
                decoder.dimension(stateInputs.get(0), 0), decoder.dimension(stateInputs.get(0), 2));
        try {
            joiner = Graph.open(folder, joinerFile, compute)
                    .require(List.of("encoder_outputs", "decoder_outputs"), List.of("outputs"));
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
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
        try (Inputs predict = new Inputs()
                        .ints("targets", targets, paths, 1)
                        .ints("target_length", ones, paths)
                        .floats(stateInputs.get(0), PredictorState.hidden(states), stateShape)
                        .floats(stateInputs.get(1), PredictorState.cells(states), stateShape);
                OrtSession.Result predicted = decoder.run(predict);
                Inputs join = new Inputs()
                        .floats(
                                "encoder_outputs",
                                JoinedJoint.frames(questions),
                                paths,
                                questions.get(0).frame().length,
                                1)
                        .borrowed("decoder_outputs", Graph.tensor(predicted, "outputs"));
                OrtSession.Result result = joiner.run(join)) {
            float[] scores = Graph.floats(result, "outputs");
            return new Answers(
                    scores,
                    scores.length / paths,
                    PredictorState.unpacked(
                            Graph.floats(predicted, stateOutputs.get(0)),
                            Graph.floats(predicted, stateOutputs.get(1)),
                            silence.layers(),
                            paths));
        } catch (OrtException e) {
            throw new ModelException("a step of " + paths + " paths failed (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() {
        joiner.close();
        decoder.close();
    }
}
