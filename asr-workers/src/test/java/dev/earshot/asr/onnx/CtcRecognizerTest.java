package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.SpeechClips;
import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.Recognizer;
import dev.earshot.asr.port.RecognizerContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class CtcRecognizerTest extends RecognizerContract {

    @Override
    protected Recognizer open() {
        return Recognizers.load("builtin", Computing.onCpu(1), LanguageRules.ANY);
    }

    @Test
    void builtInModel_hearsSyntheticSpeech() {
        try (Recognizer recognizer = open()) {
            List<SpeechClips.Clip> clips = SpeechClips.all();
            List<String> heard =
                    recognizer
                            .decode(clips.stream()
                                    .map(clip -> new Window(clip.floats()))
                                    .toList())
                            .stream()
                            .map(Transcription::text)
                            .toList();

            assertThat(SpeechClips.wordErrorRate(
                            clips.stream().map(SpeechClips.Clip::text).toList(), heard))
                    .isLessThan(0.10);
            assertThat(heard.get(0)).isEqualTo("The finance team moved our budget review to next Thursday");
        }
    }

    @Test
    void builtInModel_saysWhatItIs() {
        try (Recognizer recognizer = open()) {
            assertThat(recognizer.model().name()).isEqualTo("builtin");
            assertThat(recognizer.model().hash()).hasSize(64);
            assertThat(recognizer.model().notice()).contains("synthetic voices only");
            assertThat(recognizer.model().provider()).isEqualTo("cpu");
        }
    }

    @Test
    void fallsBackToTheCpu_whenCudaIsNotThere() {
        try (Recognizer recognizer = Recognizers.load(
                "builtin",
                new Computing(Provider.AUTO, 1, Computing.ANY_GPU, 0, Computing.DEFAULT_GPU_LOCKS),
                LanguageRules.ANY)) {
            assertThat(recognizer.model().provider()).isIn("cpu", "cuda");
        }
    }
}
