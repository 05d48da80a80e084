package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.eventlog.DeadLetterIndex.Entry;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterIndexTest {

    private static final Topic<?> TOPIC = Topics.defaults().botClaims();

    private final DeadLetterIndex index = new DeadLetterIndex();
    private long next;

    private DeadLetter letter(String consumer, long sourceOffset, String value) {
        var headers = new RecordHeaders();
        DeadLetterHeaders.add(headers, new IllegalStateException("broken"), consumer, TOPIC.name(), 3, sourceOffset);
        return put(headers, value.getBytes(StandardCharsets.UTF_8));
    }

    private DeadLetter put(RecordHeaders headers, byte[] value) {
        var letter = new DeadLetter(new ConsumerRecord<>(
                TOPIC.deadLetterName(),
                0,
                next++,
                1000 + next,
                TimestampType.CREATE_TIME,
                1,
                1,
                null,
                value,
                headers,
                Optional.empty()));
        index.add(letter);
        return letter;
    }

    private void noteReplayOf(DeadLetter letter) {
        put((RecordHeaders) ReplayProducer.note(TOPIC, letter).headers(), new byte[0]);
    }

    @Test
    void countsARecordOnce_whoeverRefusedIt() {
        letter("api-1", 7, "x");
        letter("api-2", 7, "x");
        letter("api-1", 8, "y");

        assertThat(index.entries()).extracting(Entry::letter).containsExactly(0L, 2L);
        assertThat(index.entries()).extracting(Entry::copies).containsExactly(2, 1);
        assertThat(index.entries()).extracting(Entry::consumer).containsOnly("api-1");
    }

    @Test
    void tellsOtherBytesAtTheSamePlaceApart() {
        letter("api", 7, "before the topic was created anew");
        letter("api", 7, "after");

        assertThat(index.entries()).hasSize(2);
    }

    @Test
    void knowsWhatWasReplayed_andItsLaterCopies() {
        DeadLetter first = letter("api-1", 7, "x");
        letter("api-1", 8, "y");
        noteReplayOf(first);
        letter("api-2", 7, "x");

        assertThat(index.entries()).extracting(Entry::replayed).containsExactly(true, false);
        assertThat(index.waiting()).extracting(Entry::letter).containsExactly(1L);
    }

    @Test
    void keepsBytesThatDoNotSayWhereTheyCameFrom() {
        put(new RecordHeaders(), new byte[] {1});
        put(new RecordHeaders(), new byte[] {1});

        assertThat(index.waiting()).hasSize(2).extracting(Entry::errorClass).containsOnly("(unknown)");
    }
}
