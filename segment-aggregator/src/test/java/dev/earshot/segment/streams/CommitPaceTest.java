package dev.earshot.segment.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private static final Duration INTERVAL = Duration.ofMillis(30);
    private static final long NOW = 1_000_000;

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final CommitPace pace = new CommitPace(context, INTERVAL);

    @Test
    void asksOnce_forAllThatHappensWithinTheInterval() {
        pace.heard(NOW, NOW);
        pace.heard(NOW + 10, NOW + 10);
        pace.decided(NOW + 20);

        assertThat(context.scheduledPunctuators()).hasSize(1);
        assertThat(context.scheduledPunctuators().get(0).getInterval()).isEqualTo(INTERVAL);
        assertThat(context.committed()).isFalse();
        timerAt(0, NOW + 30);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void timerRunsOnce_andTheNextIsSetByWhatHappensNext() {
        pace.heard(NOW, NOW);
        timerAt(0, NOW + 30);

        assertThat(context.scheduledPunctuators().get(0).cancelled()).isTrue();
        pace.decided(NOW + 40);
        assertThat(context.scheduledPunctuators()).hasSize(2);
        assertThat(context.scheduledPunctuators().get(1).cancelled()).isFalse();
    }

    @Test
    void leavesBacklogAlone_andWhatIsDecidedMeanwhile() {
        pace.heard(NOW - 60_000, NOW);
        pace.decided(NOW + 999);

        assertThat(context.scheduledPunctuators()).isEmpty();
    }

    @Test
    void asksAgain_whenTheBacklogIsRead() {
        pace.heard(NOW - 60_000, NOW);
        pace.heard(NOW + 900, NOW + 1_000);

        assertThat(context.scheduledPunctuators()).hasSize(1);
    }

    private void timerAt(int index, long nowMs) {
        context.scheduledPunctuators().get(index).getPunctuator().punctuate(nowMs);
    }
}
