package dev.earshot.asr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.domain.Chunk;
import dev.earshot.asr.domain.DecodingOptions;
import dev.earshot.asr.domain.EnergyGate;
import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.Track;
import dev.earshot.asr.domain.TrackEvent;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.onnx.Computing;
import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.asr.port.Recognizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Sounds that are no speech give no text, not even for a moment: through the built-in gate and the built-in model, every
 * partial and every final. {@code -Dquiet.seconds=600} makes each of the sounds ten minutes long.
 */
class NobodySpeaksTest {

    private static final int SECONDS = Integer.getInteger("quiet.seconds", 20);

    private static Recognizer recognizer;

    @BeforeAll
    static void load() {
        recognizer = Recognizers.load("builtin", Computing.onCpu(1), LanguageRules.ANY);
    }

    @AfterAll
    static void close() {
        recognizer.close();
    }

    @TestFactory
    List<DynamicTest> soundsWithoutSpeech_giveNoText() {
        return Sounds.all(SECONDS).entrySet().stream()
                .map(sound -> DynamicTest.dynamicTest(sound.getKey(), () -> assertThat(heard(sound.getValue()))
                        .isEmpty()))
                .toList();
    }

    @Test
    void speech_isHeardAllTheSame() {
        for (SpeechClips.Clip clip : SpeechClips.all()) {
            assertThat(heard(clip.samples())).as(clip.name()).isNotEmpty();
        }
    }

    /** All texts that a viewer would see. */
    private static List<String> heard(short[] audio) {
        var track = new Track(TrackRules.DEFAULTS, new EnergyGate());
        var texts = new ArrayList<String>();
        int size = 3200;
        for (int i = 0; i * size < audio.length; i++) {
            short[] samples = Arrays.copyOfRange(audio, i * size, Math.min(audio.length, (i + 1) * size));
            boolean last = (i + 1) * size >= audio.length;
            var chunk = new Chunk(
                    i, (long) i * size, samples.length, samples, 0, last, i, 0, i * 200_000L, DecodingOptions.NONE);
            for (TrackEvent event : track.accept(chunk)) {
                if (event instanceof TrackEvent.PartialDue due) {
                    texts.add(text(due.window()));
                } else if (event instanceof TrackEvent.UtteranceEnded ended) {
                    texts.add(text(ended.window()));
                    track.finalPublished(ended.startSample());
                }
            }
            track.report();
            track.reported();
        }
        texts.removeIf(String::isEmpty);
        return texts;
    }

    private static String text(Window window) {
        return recognizer.decode(List.of(window)).get(0).text();
    }
}
