package dev.earshot.asr.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a Whisper model.
 *
 * @param encoder null when everything is one graph
 * @param decoder the merged decoder, or the one graph
 */
record WhisperFiles(@Nullable String encoder, String decoder) {

    static final String EXPECTED = "encoder_model.onnx and decoder_model_merged.onnx, or whisper-*_beamsearch.onnx,"
            + " with config.json, generation_config.json and tokenizer.json";

    /** Where optimum and transformers.js put graphs. */
    private static final List<String> PLACES = List.of("", "onnx/");
    /** Eight bits before others: on a CPU they are faster and a quarter of the size; who wants others leaves these out. */
    private static final List<String> PRECISIONS = List.of("_quantized", "_int8", "", "_fp16");

    /** Null when the folder holds no such model. */
    static @Nullable WhisperFiles find(ModelFolder folder) {
        for (String precision : PRECISIONS) {
            for (String place : PLACES) {
                var files = new WhisperFiles(
                        place + "encoder_model" + precision + ".onnx",
                        place + "decoder_model_merged" + precision + ".onnx");
                if (folder.has(String.valueOf(files.encoder)) && folder.has(files.decoder)) {
                    return files;
                }
            }
        }
        String whole = folder.find("", "whisper", "_beamsearch.onnx");
        return whole == null ? null : new WhisperFiles(null, whole);
    }

    /** All graphs. */
    String[] graphs() {
        return encoder == null ? new String[] {decoder} : new String[] {encoder, decoder};
    }
}
