package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtException;
import dev.earshot.asr.domain.mel.Features;
import dev.earshot.asr.domain.whisper.TokenRules;
import dev.earshot.asr.port.ModelException;
import java.util.List;

/**
 * Whisper as optimum exports it: {@code input_features} float32 [B, bands, 3000] to {@code last_hidden_state} [B, 1500, d], and a
 * merged decoder, see {@link SplitDecoding}.
 */
final class SplitWhisper implements WhisperGraphs {

    private final NativeParts parts = new NativeParts();
    private final Graph encoder;
    private final Graph decoder;
    private final WhisperSettings settings;
    private final TokenRules rules;
    private final DirectFloats memory = new DirectFloats();

    SplitWhisper(
            ModelFolder folder, String encoderFile, String decoderFile, WhisperSettings settings, Compute compute) {
        this.settings = settings;
        rules = new TokenRules(settings.vocabulary(), settings.never(), settings.neverFirst(), true);
        try {
            encoder = parts.keep(Graph.open(folder, encoderFile, compute))
                    .require(List.of("input_features"), List.of("last_hidden_state"));
            decoder = parts.keep(Graph.open(folder, decoderFile, compute))
                    .require(SplitDecoding.INPUTS, List.of("logits"));
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    @Override
    public boolean tellsTime() {
        return true;
    }

    @Override
    public boolean canTryAgain() {
        return true;
    }

    @Override
    public int bands() {
        return encoder.dimension("input_features", 1);
    }

    @Override
    public Heard hear(List<Features> windows) {
        try (Inputs inputs = new Inputs()) {
            WhisperGraphs.put(inputs, encoder, windows, memory);
            return new SplitHeard(encoder.run(inputs), windows.size(), decoder, settings.vocabulary(), rules);
        } catch (OrtException e) {
            throw new ModelException("encoding " + windows.size() + " windows failed (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
