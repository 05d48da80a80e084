package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.domain.DecodingOptions;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhisperRecognizerTest extends RecognizerContract {

    private static final Window ENGLISH = new Window(TinyWhisper.tone(TinyWhisper.ENGLISH_HZ, 3));
    private static final Window GERMAN = new Window(TinyWhisper.tone(TinyWhisper.GERMAN_HZ, 2.5));
    private static final Window STUCK = new Window(TinyWhisper.tone(TinyWhisper.STUCK_HZ, 2));

    @TempDir
    Path folder;

    @Override
    protected Recognizer open() {
        return open(LanguageRules.ANY);
    }

    private Recognizer open(LanguageRules rules) {
        try {
            TinyWhisper.split(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return load(rules);
    }

    private Recognizer load(LanguageRules rules) {
        return Recognizers.load(folder.toString(), Computing.onCpu(1), rules);
    }

    @Test
    void hearsWhatIsSaid_inWhichLanguage_andWhen() {
        try (Recognizer recognizer = open()) {
            List<Transcription> heard = recognizer.decode(List.of(ENGLISH, GERMAN));

            assertThat(heard).extracting(Transcription::text).containsExactly("hello world", "hallo welt");
            assertThat(heard).extracting(Transcription::language).containsExactly("en", "de");
            assertThat(heard.get(0).words()).extracting(RecognizedWord::startMs).containsExactly(0, 1000);
            assertThat(heard.get(0).words()).extracting(RecognizedWord::endMs).containsExactly(1000, 2000);
        }
    }

    @Test
    void silence_hasNoWords_andNoLanguage() {
        try (Recognizer recognizer = open()) {
            assertThat(recognizer.decode(List.of(new Window(new float[40_000]), ENGLISH)))
                    .extracting(Transcription::text)
                    .containsExactly("", "hello world");
        }
    }

    @Test
    void languageThatWasAskedFor_isNotDetected() {
        try (Recognizer recognizer = open()) {
            List<Transcription> heard = recognizer.decode(List.of(
                    ENGLISH.with(new DecodingOptions("de-AT", null)),
                    ENGLISH.with(new DecodingOptions("tlh", null)),
                    ENGLISH));

            assertThat(heard)
                    .extracting(Transcription::text)
                    .containsExactly("hallo welt", "hello world", "hello world");
            assertThat(heard).extracting(Transcription::language).containsExactly("de", "en", "en");
        }
    }

    @Test
    void languageOfTheWorker_holdsForTracksThatSayNothing() {
        try (Recognizer recognizer = open(LanguageRules.parse("de", "transcribe"))) {
            assertThat(recognizer.decode(List.of(ENGLISH, ENGLISH.with(new DecodingOptions("en", null)))))
                    .extracting(Transcription::text)
                    .containsExactly("hallo welt", "hello world");
        }
    }

    @Test
    void translation_isEnglish() {
        try (Recognizer recognizer = open(LanguageRules.parse("auto", "translate"))) {
            Transcription heard = recognizer.decode(List.of(GERMAN)).get(0);

            assertThat(heard.text()).isEqualTo("hello world");
            assertThat(heard.language()).isEqualTo("en");
        }
    }

    @Test
    void whatAMeetingAsksFor_goesBeforeTheWorkersTask() {
        var translated = new DecodingOptions(null, true);
        var transcribed = new DecodingOptions(null, false);
        try (Recognizer recognizer = open(LanguageRules.ANY)) {
            assertThat(recognizer.decode(List.of(GERMAN.with(translated), GERMAN, GERMAN.with(transcribed))))
                    .extracting(Transcription::text)
                    .containsExactly("hello world", "hallo welt", "hallo welt");
        }
        try (Recognizer recognizer = open(LanguageRules.parse("auto", "translate"))) {
            List<Transcription> heard =
                    recognizer.decode(List.of(GERMAN.with(translated), GERMAN, GERMAN.with(transcribed)));
            assertThat(heard)
                    .extracting(Transcription::text)
                    .containsExactly("hello world", "hello world", "hallo welt");
            assertThat(heard).extracting(Transcription::language).containsExactly("en", "en", "de");
        }
    }

    @Test
    void decoderThatRepeatsItself_isAskedAgain_byLot() {
        try (Recognizer recognizer = open()) {
            List<Transcription> heard = recognizer.decode(List.of(STUCK, ENGLISH));

            // At temperature 0 it would be 224 words.
            assertThat(heard.get(0).words()).hasSizeBetween(1, 30);
            assertThat(heard.get(0).words()).extracting(RecognizedWord::text).containsOnly("a");
            assertThat(heard.get(1).text()).isEqualTo("hello world");
            assertThat(recognizer.decode(List.of(STUCK)).get(0)).isEqualTo(heard.get(0));
        }
    }

    @Test
    void longAudio_isHeardPieceByPiece() {
        float[] samples = TinyWhisper.tone(TinyWhisper.ENGLISH_HZ, 65);
        System.arraycopy(GERMAN.samples(), 0, samples, 61 * 16_000, 32_000);
        try (Recognizer recognizer = open()) {
            Transcription heard =
                    recognizer.decode(List.of(new Window(samples))).get(0);

            // What was detected at the beginning holds to the end.
            assertThat(heard.text()).isEqualTo("hello world hello world");
            assertThat(heard.words()).extracting(RecognizedWord::startMs).containsExactly(0, 1000, 60_000, 61_000);
        }
    }

    @Test
    void halfPrecision_saysTheSame() throws IOException {
        TinyWhisper.halved(folder);
        try (Recognizer recognizer = load(LanguageRules.ANY)) {
            List<Transcription> heard = recognizer.decode(List.of(ENGLISH, STUCK, GERMAN));

            assertThat(heard)
                    .extracting(Transcription::text)
                    .startsWith("hello world")
                    .endsWith("hallo welt");
            // Decoded again without the others.
            assertThat(heard.get(1).words()).hasSizeBetween(1, 30);
        }
    }

    @Test
    void decoderThatWantsPositions_isToldThem() throws IOException {
        TinyWhisper.toldPositions(folder);
        try (Recognizer recognizer = load(LanguageRules.ANY)) {
            assertThat(recognizer.decode(List.of(ENGLISH, GERMAN)))
                    .extracting(Transcription::text)
                    .containsExactly("hello world", "hallo welt");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"is_multilingual\": false} | {\"vocab_size\": 51865}", "{} | {\"vocab_size\": 51864}"})
    void englishModel_isToldNoLanguage(String generation, String config) throws IOException {
        TinyWhisper.split(folder);
        Files.writeString(folder.resolve("generation_config.json"), generation);
        Files.writeString(folder.resolve("config.json"), config);
        try (Recognizer recognizer = load(LanguageRules.parse("fr", "translate"))) {
            List<Transcription> heard =
                    recognizer.decode(List.of(ENGLISH, GERMAN.with(new DecodingOptions("de", null))));

            assertThat(recognizer.model().language()).isEqualTo("en");
            assertThat(heard).extracting(Transcription::text).containsExactly("hello world", "hello world");
            assertThat(heard).extracting(Transcription::language).containsOnly("en");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"lang_to_id\": {}} | {\"vocab_size\": 51864}", "{} | {\"vocab_size\": 51865}"})
    void multilingualModel_isOneThatSaysSo_orKnowsMoreTokens(String generation, String config) throws IOException {
        TinyWhisper.split(folder);
        Files.writeString(folder.resolve("generation_config.json"), generation);
        Files.writeString(folder.resolve("config.json"), config);
        try (Recognizer recognizer = load(LanguageRules.ANY)) {
            assertThat(recognizer.decode(List.of(GERMAN)).get(0).text()).isEqualTo("hallo welt");
        }
    }

    @Test
    void vocabularyInTwoFiles_isAsGood() throws IOException {
        TinyWhisper.split(folder);
        Files.delete(folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("vocab.json"), "{\"\u0120hello\": 0, \"\u0120world\": 1, \"!\": 5}");
        Files.writeString(
                folder.resolve("added_tokens.json"),
                "{\"<|endoftext|>\": 8, \"<|startoftranscript|>\": 9, \"<|en|>\": 10, \"<|translate|>\": 12,"
                        + " \"<|transcribe|>\": 13, \"<|nocaptions|>\": 16, \"<|notimestamps|>\": 17}");
        try (Recognizer recognizer = load(LanguageRules.ANY)) {
            assertThat(recognizer.decode(List.of(ENGLISH)).get(0).text()).isEqualTo("hello world");
        }
    }

    @Test
    void refuses_whatDoesNotFit() throws IOException {
        assertThatThrownBy(
                        () -> open(LanguageRules.parse("en,fr", "transcribe")).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("language: fr (expected: one that the model speaks: en de)");

        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"vocab\": {}}}");
        refuses("tokenizer.json: no token <|endoftext|> (expected: the tokens of a Whisper model)");

        TinyWhisper.split(folder);
        Files.writeString(folder.resolve("generation_config.json"), "suppress");
        refuses("generation_config.json: is not JSON");

        TinyWhisper.split(folder);
        Files.copy(
                folder.resolve("onnx/encoder_model.onnx"),
                folder.resolve("onnx/decoder_model_merged.onnx"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        refuses("decoder_model_merged.onnx: inputs [input_features]", "expected: inputs [input_ids,");
    }

    private void refuses(String... says) {
        assertThatThrownBy(() -> load(LanguageRules.ANY).close())
                .isInstanceOf(ModelException.class)
                .message()
                .contains(says);
    }
}
