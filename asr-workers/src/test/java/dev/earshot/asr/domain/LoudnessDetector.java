package dev.earshot.asr.domain;

import dev.earshot.asr.port.SpeechDetector;
import java.util.List;

/** Takes what is loud for speech, and never quite forgets how loud it was: as a recurrent detector does. */
public final class LoudnessDetector implements SpeechDetector {

    @Override
    public void detect(List<SpeechWindow> windows) {
        for (SpeechWindow window : windows) {
            float loud = 0;
            for (float sample : window.samples()) {
                loud += Math.abs(sample) / window.samples().length;
            }
            float memory = 0.9f * window.state()[0] + 0.1f * loud;
            window.state()[0] = memory;
            window.answer((float) (1 / (1 + Math.exp(-800 * (memory - 0.008)))));
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
