package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.RecognizedWord;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.ModelException;
import dev.earshot.asr.port.Recognizer;
import dev.earshot.asr.port.RecognizerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BeamSearchWhisperTest extends RecognizerContract {

    private static final Window ENGLISH = new Window(TinyWhisper.tone(TinyWhisper.ENGLISH_HZ, 3));
    private static final Window GERMAN = new Window(TinyWhisper.tone(TinyWhisper.GERMAN_HZ, 2.5));
    private static final Window STUCK = new Window(TinyWhisper.tone(TinyWhisper.STUCK_HZ, 2));
    private static final Window SILENCE = new Window(new float[32_000]);

    @TempDir
    Path folder;

    @Override
    protected Recognizer open() {
        try {
            TinyWhisper.whole(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return load();
    }

    private Recognizer load() {
        return Recognizers.load(folder.toString(), Computing.onCpu(1), LanguageRules.ANY);
    }

    @Test
    void hearsWhatIsSaid_inWhichLanguage_butNotWhen() {
        try (Recognizer recognizer = open()) {
            List<Transcription> heard = recognizer.decode(List.of(GERMAN, SILENCE, ENGLISH));

            assertThat(heard).extracting(Transcription::text).containsExactly("hallo welt", "", "hello world");
            assertThat(heard).extracting(Transcription::language).containsExactly("de", null, "en");
            // The words share the window.
            assertThat(heard.get(0).words().get(1).endMs()).isEqualTo(2500);
        }
    }

    @Test
    void answersWithoutScores_areBelieved() {
        try (Recognizer recognizer = open()) {
            Transcription heard = recognizer.decode(List.of(STUCK)).get(0);

            assertThat(heard.text()).isEqualTo("world");
            assertThat(heard.words()).extracting(RecognizedWord::confidence).containsExactly(1f);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "FLOAT16"})
    void answersThatAreUnlikely_orALoop_areAskedForAgain_atTheNextTemperature(GraphWriter.Type floats)
            throws IOException {
        TinyWhisper.wholeWithScores(folder, floats);
        try (Recognizer recognizer = load()) {
            List<Transcription> heard = recognizer.decode(List.of(ENGLISH, STUCK, GERMAN));

            assertThat(heard).extracting(Transcription::text).containsExactly("hello world", "a", "hallo welt");
            assertThat(heard.get(1).words().get(0).confidence()).isCloseTo((float) Math.exp(-0.7), within(0.001f));
            assertThat(heard.get(2).words().get(0).confidence()).isCloseTo((float) Math.exp(-0.1), within(0.001f));
        }
    }

    @Test
    void whatIsSaidWhereNobodySpeaks_isNotBelieved() throws IOException {
        TinyWhisper.wholeWithScores(folder, GraphWriter.Type.FLOAT);
        try (Recognizer recognizer = load()) {
            assertThat(recognizer.decode(List.of(SILENCE, ENGLISH)))
                    .extracting(Transcription::text)
                    .containsExactly("", "hello world");
        }
    }

    @Test
    void graphWithAnInputThatNobodyKnows_isRefused() throws IOException {
        TinyWhisper.wholeWith(folder, "logits_processor");

        assertThatThrownBy(() -> load().close())
                .isInstanceOf(ModelException.class)
                .message()
                .contains(
                        "whisper-tones_beamsearch.onnx: inputs [logits_processor] (expected: none but [",
                        "temperature");
    }
}
