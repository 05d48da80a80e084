package dev.earshot.asr.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a transducer, by the names that two exporters give them.
 *
 * @param encoder features to frames
 * @param predictor the prediction network; null when it is one graph with the joint network
 * @param joint the joint network, or both in one graph
 * @param tokens the vocabulary
 */
record TransducerFiles(String encoder, @Nullable String predictor, String joint, String tokens) {

    static final String EXPECTED = "encoder-model.onnx, decoder_joint-model.onnx and vocab.txt;"
            + " or encoder.onnx, decoder.onnx, joiner.onnx and tokens.txt";

    /** Eight bits before others: on a CPU they are faster and a quarter of the size; who wants others leaves these out. */
    private static final List<String> PRECISIONS = List.of(".int8", "", ".fp16");

    /** Null when the folder holds no such model. */
    static @Nullable TransducerFiles find(ModelFolder folder) {
        for (String precision : PRECISIONS) {
            String ending = precision + ".onnx";
            var joined =
                    new TransducerFiles("encoder-model" + ending, null, "decoder_joint-model" + ending, "vocab.txt");
            if (folder.has(joined.encoder) && folder.has(joined.joint)) {
                return joined;
            }
            var separate = new TransducerFiles("encoder" + ending, "decoder" + ending, "joiner" + ending, "tokens.txt");
            if (folder.has(separate.encoder) && folder.has("decoder" + ending) && folder.has(separate.joint)) {
                return separate;
            }
        }
        return null;
    }

    Joint openJoint(ModelFolder folder, Compute compute) {
        return predictor == null
                ? new JoinedJoint(folder, joint, compute)
                : new SeparateJoint(folder, predictor, joint, compute);
    }
}
