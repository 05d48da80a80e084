package dev.earshot.segment.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class BatchWriterTest {

    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<Sinks.Empty<Void>> writes = new ArrayList<>();
    private final TestPublisher<Integer> source = TestPublisher.create();

    private Mono<Void> write(List<Integer> batch) {
        batches.add(batch);
        Sinks.Empty<Void> write = Sinks.empty();
        writes.add(write);
        return write.asMono();
    }

    private Mono<Void> writer(Flux<Integer> records) {
        return BatchWriter.write(records, 4, this::write);
    }

    @Test
    void writesLoneRecordAtOnce_andTheNextTogether_whileOneWriteRuns() {
        writer(source.flux()).subscribe();

        source.next(1, 2, 3);
        assertThat(batches).containsExactly(List.of(1));

        writes.get(0).tryEmitEmpty();
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3));
    }

    @Test
    void asksForNoMoreThanItMayHold() {
        var asked = new ArrayList<Long>();
        writer(source.flux().doOnRequest(asked::add)).subscribe();
        source.next(1, 2, 3, 4);
        assertThat(asked).containsExactly(4L);

        writes.get(0).tryEmitEmpty();
        writes.get(1).tryEmitEmpty();

        assertThat(asked).containsExactly(4L, 1L, 3L);
    }

    @Test
    void failsWithAWrite_andLeavesTheSource() {
        StepVerifier.create(writer(source.flux()))
                .then(() -> source.next(1))
                .then(() -> writes.get(0).tryEmitError(new IllegalStateException("full")))
                .verifyErrorMessage("full");
        source.assertCancelled();
    }

    @Test
    void failsWithTheSource() {
        StepVerifier.create(writer(source.flux()))
                .then(() -> source.error(new IllegalStateException("away")))
                .verifyErrorMessage("away");
    }

    @Test
    void stopsWriting_whenCancelled() {
        var writing = writer(source.flux()).subscribe();
        source.next(1, 2);

        writing.dispose();

        assertThat(writes.get(0).currentSubscriberCount()).isZero();
        assertThat(batches).containsExactly(List.of(1));
    }

    @Test
    void beginsAgain_howeverOftenWritingFails() {
        var clock = VirtualTimeScheduler.getOrSet();
        try {
            var failures = new ArrayList<String>();
            var records = TestPublisher.<Integer>createCold();
            records.next(1);
            var writing = BatchWriter.keepWriting(
                            records.flux(), 4, this::writeOnThirdAttempt, failure -> failures.add(failure.getMessage()))
                    .subscribe();

            clock.advanceTimeBy(Duration.ofMinutes(1));

            assertThat(failures).containsExactly("a fault of ours", "a fault of ours");
            assertThat(batches).containsExactly(List.of(1), List.of(1), List.of(1));
            assertThat(writing.isDisposed()).isFalse();
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    private Mono<Void> writeOnThirdAttempt(List<Integer> batch) {
        batches.add(batch);
        if (batches.size() < 3) {
            throw new IllegalStateException("a fault of ours");
        }
        return Mono.never();
    }
}
