package dev.earshot.asr.domain.whisper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;

/**
 * One decoding of a window.
 *
 * @param tokens without prompt and end
 * @param logProbs of each token
 * @param endLogProb of the end of text; 0 when the decoder ran out of room
 * @param noSpeech probability that nobody speaks, from the first position
 * @param temperature at which it was decoded
 * @param text what the tokens say
 */
public record Attempt(
        List<Integer> tokens, List<Float> logProbs, float endLogProb, float noSpeech, float temperature, String text) {

    /** Mean of the log probabilities, the end included. */
    public double meanLogProb() {
        double sum = endLogProb;
        for (float logProb : logProbs) {
            sum += logProb;
        }
        return sum / (tokens.size() + 1);
    }

    /** How much smaller zlib makes the text: loops get far smaller. */
    public double compressionRatio() {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            return 0;
        }
        var deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var buffer = new byte[bytes.length + 64];
            return (double) bytes.length / deflater.deflate(buffer);
        } finally {
            deflater.end();
        }
    }
}
