package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecodeQueueTest {

    private static final int ALL = 100;

    private final DecodeQueue<String> queue = new DecodeQueue<>(2);

    @Test
    void finalsComeFirst() {
        queue.addPartial("a", 0, "partial a");
        queue.addFinal("b", 0, 3, "final b");
        queue.addFinal("c", 0, 2, "final c");

        assertThat(queue.finalSeconds()).isEqualTo(5);
        assertThat(queue.next(ALL)).containsExactly("final b", "final c");
        assertThat(queue.finalSeconds()).isZero();
        assertThat(queue.next(ALL)).containsExactly("partial a");
        assertThat(queue.next(ALL)).isEmpty();
    }

    @Test
    void nothingWaits_whenAllFinalsAreTaken_whateverTheirLengths() {
        queue.addFinal("a", 0, 0.1, "final a");
        queue.addFinal("b", 0, 0.2, "final b");

        queue.next(ALL);

        assertThat(queue.finalSeconds()).isZero();
    }

    @Test
    void newerPartial_takesTheOldOnesPlace() {
        queue.addPartial("a", 0, "a1");
        queue.addPartial("b", 0, "b1");
        queue.addPartial("a", 0, "a2");

        assertThat(queue.next(ALL)).containsExactly("a2", "b1");
        assertThat(queue.skipped()).isEqualTo(1);
    }

    @Test
    void final_dropsThePartialOfItsUtterance_butNotOfTheNext() {
        queue.addPartial("a", 0, "a");
        queue.addFinal("a", 0, 1, "final a");
        queue.addPartial("b", 500, "b");
        queue.addFinal("b", 0, 1, "final b");

        assertThat(queue.isFull()).isTrue();
        assertThat(queue.next(ALL)).containsExactly("final a", "final b");
        assertThat(queue.next(ALL)).containsExactly("b");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void partialsShareNoBatch_withFinals() {
        queue.addPartial("a", 0, "partial a");
        queue.addFinal("b", 0, 1, "final b");

        assertThat(queue.next(ALL)).containsExactly("final b");
        assertThat(queue.next(ALL)).containsExactly("partial a");
    }

    @Test
    void partialsThatMustWait_areReplaced_andFinalsGoOn() {
        queue.addPartial("a", 0, "a1");
        assertThat(queue.next(0)).isEmpty();
        queue.addPartial("a", 0, "a2");
        queue.addFinal("b", 0, 1, "final b");

        assertThat(queue.next(0)).containsExactly("final b");
        assertThat(queue.next(0)).isEmpty();
        assertThat(queue.next(ALL)).containsExactly("a2");
    }
}
