package dev.earshot.asr.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.SpeechClips;
import dev.earshot.asr.domain.RecognizedWord;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every recogniser must do. */
public abstract class RecognizerContract {

    private static final List<Window> CLIPS =
            SpeechClips.all().stream().map(clip -> new Window(clip.floats())).toList();

    /** A recogniser ready for work; the caller closes it. */
    protected abstract Recognizer open();

    @Test
    void answersEveryWindow_inOrder() {
        try (Recognizer recognizer = open()) {
            var reversed = new ArrayList<>(CLIPS);
            java.util.Collections.reverse(reversed);

            List<Transcription> forward = recognizer.decode(CLIPS);
            List<Transcription> backward = new ArrayList<>(recognizer.decode(reversed));
            java.util.Collections.reverse(backward);

            assertThat(forward).hasSameSizeAs(CLIPS);
            assertThat(backward).extracting(Transcription::text).isEqualTo(texts(forward));
        }
    }

    @Test
    void answerDoesNotDependOnTheBatch() {
        try (Recognizer recognizer = open()) {
            List<String> alone = new ArrayList<>();
            for (Window clip : CLIPS) {
                alone.add(recognizer.decode(List.of(clip)).get(0).text());
            }

            assertThat(texts(recognizer.decode(CLIPS))).isEqualTo(alone);
        }
    }

    @Test
    void wordsAreInOrder_insideTheWindow_withConfidence() {
        try (Recognizer recognizer = open()) {
            List<Transcription> heard = recognizer.decode(CLIPS);
            for (int i = 0; i < heard.size(); i++) {
                int before = 0;
                for (RecognizedWord word : heard.get(i).words()) {
                    assertThat(word.text()).isNotBlank().doesNotContain(" ");
                    assertThat(word.startMs()).isGreaterThanOrEqualTo(before);
                    assertThat(word.endMs()).isGreaterThan(word.startMs());
                    assertThat(word.confidence()).isBetween(0f, 1f);
                    before = word.endMs();
                }
                assertThat(before / 1000.0).isLessThanOrEqualTo(CLIPS.get(i).seconds() + 0.2);
            }
        }
    }

    @Test
    void hearsNothing_whereThereIsNothing() {
        try (Recognizer recognizer = open()) {
            var nothing = List.of(new Window(new float[0]), new Window(new float[1]), new Window(new float[16_000]));

            assertThat(recognizer.decode(nothing)).containsOnly(Transcription.EMPTY);
            assertThat(recognizer.decode(List.of())).isEmpty();
        }
    }

    @Test
    void saysSo_whenUsedAfterClose() {
        Recognizer recognizer = open();
        recognizer.close();
        recognizer.close();

        assertThatThrownBy(() -> recognizer.decode(CLIPS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private static List<String> texts(List<Transcription> transcriptions) {
        return transcriptions.stream().map(Transcription::text).toList();
    }
}
