package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
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
        var step = new JointStep(questions);
        try (Inputs history = new Inputs();
                OrtSession.Result predicted =
                        decoder.run(step.history(history, stateInputs.get(0), stateInputs.get(1)));
                Inputs frames = new Inputs();
                OrtSession.Result result = joiner.run(
                        step.frames(frames).borrowed("decoder_outputs", Graph.tensor(predicted, "outputs")))) {
            return step.answers(result, predicted, stateOutputs.get(0), stateOutputs.get(1));
        } catch (OrtException e) {
            throw step.failed(e);
        }
    }

    @Override
    public void close() {
        joiner.close();
        decoder.close();
    }
}
