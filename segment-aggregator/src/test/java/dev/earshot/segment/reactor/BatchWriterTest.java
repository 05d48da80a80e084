package dev.earshot.segment.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

class BatchWriterTest {

    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<Sinks.Empty<Void>> writes = new ArrayList<>();
    private final TestPublisher<Integer> source = TestPublisher.create();
    private final BatchWriter<Integer> writer = new BatchWriter<>("test", 4, this::write);

    private Mono<Void> write(List<Integer> batch) {
        batches.add(batch);
        Sinks.Empty<Void> write = Sinks.empty();
        writes.add(write);
        return write.asMono();
    }

    @Test
    void writesLoneRecordAtOnce_andTheNextTogether_whileOneWriteRuns() {
        source.subscribe(writer);

        source.next(1, 2, 3);
        assertThat(batches).containsExactly(List.of(1));

        writes.get(0).tryEmitEmpty();
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3));
    }

    @Test
    void asksForNoMoreThanItMayHold() {
        var asked = new ArrayList<Long>();
        source.flux().doOnRequest(asked::add).subscribe(writer);
        source.next(1, 2, 3, 4);
        assertThat(asked).containsExactly(4L);

        writes.get(0).tryEmitEmpty();
        writes.get(1).tryEmitEmpty();

        assertThat(asked).containsExactly(4L, 1L, 3L);
    }

    @Test
    void endsWithFailureOfAWrite() {
        source.subscribe(writer);
        source.next(1);

        writes.get(0).tryEmitError(new IllegalStateException("full"));

        assertThat(writer.isDisposed()).isTrue();
        source.assertCancelled();
    }

    @Test
    void stopsWriting_whenDisposed() {
        source.subscribe(writer);
        source.next(1, 2);

        writer.dispose();

        assertThat(writes.get(0).currentSubscriberCount()).isZero();
        assertThat(batches).containsExactly(List.of(1));
    }
}
