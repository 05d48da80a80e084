package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.RecognizedWord;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.ModelException;
import dev.earshot.asr.port.Recognizer;
import dev.earshot.asr.port.RecognizerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransducerRecognizerTest extends RecognizerContract {

    private static final float[] ALL = TinyTransducer.tones(TinyTransducer.TONES_HZ);

    @TempDir
    Path folder;

    @Override
    protected Recognizer open() {
        return written(() -> TinyTransducer.joined(folder, true));
    }

    private Recognizer written(Writing graphs) {
        try {
            graphs.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return load();
    }

    private interface Writing {
        void write() throws IOException;
    }

    private Recognizer load() {
        return Recognizers.load(folder.toString(), Computing.onCpu(1), LanguageRules.ANY);
    }

    @Test
    void hearsWords_whereTheyAre() {
        try (Recognizer recognizer = open()) {
            Transcription heard = recognizer.decode(List.of(new Window(ALL))).get(0);

            assertThat(heard.text()).isEqualTo("alpha beta gamma");
            assertThat(heard.words())
                    .extracting(RecognizedWord::startMs)
                    .usingElementComparator((a, b) -> Math.abs(a - b) <= 160 ? 0 : a - b)
                    .containsExactly(0, 600, 1200);
            // The last frame of "gamma" is that of its second tone.
            assertThat(heard.words().get(2).endMs()).isBetween(1800, 2120);
        }
    }

    @Test
    void hearsEachTrackOfABatch_asIfItWereAlone() {
        try (Recognizer recognizer = open()) {
            var windows = List.of(
                    new Window(Arrays.copyOf(TinyTransducer.tones(1000, 500, 2000, 3500), 50_000)),
                    new Window(ALL),
                    new Window(new float[20_000]),
                    new Window(TinyTransducer.tones(2000, 3500, 1000, 500)));

            assertThat(recognizer.decode(windows))
                    .extracting(Transcription::text)
                    .containsExactly("beta alpha gamma", "alpha beta gamma", "", "gamma beta alpha");
        }
    }

    @Test
    void plainTransducer_hasNoDurations() throws IOException {
        TinyTransducer.joined(folder, false);
        try (Recognizer recognizer = load()) {
            assertThat(recognizer.decode(List.of(new Window(ALL))).get(0).text())
                    .isEqualTo("alpha beta gamma");
        }
    }

    @Test
    void graphsOfSherpa_sayTheSame() throws IOException {
        TinyTransducer.separate(folder);
        try (Recognizer recognizer = load()) {
            assertThat(recognizer.decode(List.of(new Window(ALL))).get(0).text())
                    .isEqualTo("alpha beta gamma");
        }
    }

    @Test
    void saysWhatItIs() throws IOException {
        TinyTransducer.joined(folder, true);
        try (Recognizer recognizer = load()) {
            assertThat(recognizer.model().name()).isEqualTo(folder.getFileName().toString());
            assertThat(recognizer.model().hash()).hasSize(64);
            assertThat(recognizer.model().language()).isNull();
        }
        Files.writeString(
                folder.resolve("model.json"),
                "{\"family\": \"transducer\", \"name\": \"tones\", \"language\": \"en\"}");
        try (Recognizer recognizer = load()) {
            assertThat(recognizer.model().name()).isEqualTo("tones");
            assertThat(recognizer.model().language()).isEqualTo("en");
        }
    }

    @Test
    void refuses_whatDoesNotFit() throws IOException {
        refuses(
                "no model is in it that can be run (expected: model.json; or encoder-model.onnx, decoder_joint-model.onnx");

        TinyTransducer.joined(folder, true);
        Files.delete(folder.resolve("vocab.txt"));
        refuses("vocab.txt is missing or cannot be read; fetch the model again");

        Files.writeString(folder.resolve("vocab.txt"), "a 0\nb 1\n");
        refuses("vocab.txt: the last token is b (expected: <blk>)");

        Files.writeString(folder.resolve("vocab.txt"), many(20));
        refuses("vocab.txt: 21 tokens (expected: at most 11, as many as the model scores)");

        TinyTransducer.joined(folder, true);
        Files.copy(
                folder.resolve("decoder_joint-model.onnx"),
                folder.resolve("encoder-model.onnx"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        refuses("encoder-model.onnx: inputs [", "expected: inputs [audio_signal, length]");

        Files.write(folder.resolve("encoder-model.onnx"), new byte[] {1, 2, 3});
        refuses("encoder-model.onnx: ONNX Runtime cannot load it (", "); fetch the model again");
    }

    @Nested
    class WithoutDurations extends RecognizerContract {

        @Override
        protected Recognizer open() {
            return written(() -> TinyTransducer.joined(folder, false));
        }
    }

    @Nested
    class InTheLayoutOfSherpa extends RecognizerContract {

        @Override
        protected Recognizer open() {
            return written(() -> TinyTransducer.separate(folder));
        }
    }

    private static String many(int tokens) {
        var lines = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            lines.append("x").append(i).append(' ').append(i).append('\n');
        }
        return lines.append("<blk> ").append(tokens).append('\n').toString();
    }

    private void refuses(String... says) {
        assertThatThrownBy(() -> load().close())
                .isInstanceOf(ModelException.class)
                .message()
                .contains(says);
    }
}
