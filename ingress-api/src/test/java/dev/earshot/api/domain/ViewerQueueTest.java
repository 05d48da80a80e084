package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.domain.ViewerQueue.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewerQueueTest {

    private static final Key ADA = new Key("speaker", "Ada");
    private static final Key BO = new Key("speaker", "Bo");

    private final ViewerQueue<String> queue = new ViewerQueue<>(3);

    @Test
    void dropsWhatNewerTextSupersedes_andNothingElse() {
        queue.offer(ADA, "ada 1");
        queue.offer(BO, "bo 1");
        queue.offerLasting("entry 1", BO);
        queue.offer(ADA, "ada 2");
        queue.offer(BO, "bo 2");

        assertThat(drained()).containsExactly("entry 1", "ada 2", "bo 2");
    }

    @Test
    void givesUp_whenTooMuchWaitsThatMustNotBeLost() {
        for (int i = 0; i < 3; i++) {
            assertThat(queue.offerLasting("entry " + i, null)).isTrue();
        }
        assertThat(queue.offerLasting("one too many", null)).isFalse();
        assertThat(queue.isFinished()).isTrue();
        queue.offer(ADA, "into the void");
        assertThat(drained()).isEmpty();
    }

    @Test
    void staysSmall_whenAViewerNeverReads() {
        for (int i = 0; i < 1_000; i++) {
            queue.offer(ADA, "ada " + i);
        }
        assertThat(drained()).containsExactly("ada 999");
    }

    @Test
    void isFinished_whenItHasEndedAndAllWasRead() {
        queue.offerLasting("last words", null);
        queue.end();
        assertThat(queue.isFinished()).isFalse();
        assertThat(drained()).containsExactly("last words");
        assertThat(queue.isFinished()).isTrue();
    }

    private List<String> drained() {
        var frames = new ArrayList<String>();
        for (String frame = queue.poll(); frame != null; frame = queue.poll()) {
            frames.add(frame);
        }
        return frames;
    }
}
