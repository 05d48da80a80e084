package dev.earshot.bench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.bench.latency.SpeechLoop;
import org.junit.jupiter.api.Test;

class CannedSpeechTest {

    @Test
    void playsTheLoopRoundAndRound() {
        SpeechLoop loop = SpeechLoop.ofDemo();

        CannedSpeech canned = CannedSpeech.of(loop);

        assertThat(canned.chunks()).isEqualTo(loop.length() / 3200);
        assertThat(canned.chunk(7)).isNotEmpty().isSameAs(canned.chunk(7 + 3L * canned.chunks()));
    }
}
