package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class HoldingsTest {

    private final Holdings holdings = new Holdings();

    @Test
    void knowsARecordOfTheHoldingItCameUnder() {
        holdings.begin(List.of(0, 1));
        Headers one = read();
        Headers other = read();

        Holding first = holdings.of(0, one);

        assertThat(first).isNotNull().satisfies(holding -> assertThat(holding.isHeld())
                .isTrue());
        assertThat(holdings.of(1, other)).isNotNull().isNotSameAs(first);
    }

    @Test
    void refusesARecord_whenItsPartitionWentAwayAndCameBack() {
        holdings.begin(List.of(0, 1));
        Headers before = read();
        Headers ofTheOther = read();
        holdings.end(List.of(0));
        assertThat(holdings.of(1, ofTheOther)).isNotNull();

        holdings.begin(List.of(0));

        assertThat(holdings.of(0, before)).isNull();
        assertThat(holdings.of(0, read())).isNotNull();
    }

    @Test
    void refusesARecord_whenItsPartitionIsElsewhere() {
        holdings.begin(List.of(0));
        Headers before = read();
        Holding gone = holdings.of(0, read());
        holdings.end(List.of(0));

        assertThat(holdings.of(0, before)).isNull();
        assertThat(gone).isNotNull().satisfies(holding -> assertThat(holding.isHeld())
                .isFalse());
    }

    @Test
    void endsAHoldingThatNobodyEnded_whenTheNextBegins() {
        holdings.begin(List.of(0));
        Headers before = read();
        Holding lost = holdings.of(0, read());

        holdings.begin(List.of(0));

        assertThat(lost).isNotNull().satisfies(holding -> assertThat(holding.isHeld())
                .isFalse());
        assertThat(holdings.of(0, before)).isNull();
    }

    @Test
    void leavesTheRecordsOwnHeadersAlone() {
        holdings.begin(List.of(0));
        Headers headers = new RecordHeaders().add("traceparent", new byte[] {1});
        var key = holdings.stamping(new StringDeserializer());
        key.deserialize("topic", headers, ByteBuffer.wrap("7".getBytes(StandardCharsets.UTF_8)));
        key.deserialize("topic", headers, ByteBuffer.wrap("7".getBytes(StandardCharsets.UTF_8)));

        assertThat(holdings.of(0, headers)).isNotNull();

        assertThat(headers.toArray())
                .extracting(org.apache.kafka.common.header.Header::key)
                .containsExactly("traceparent");
    }

    /** Headers of a record that the consumer read now. */
    private Headers read() {
        var headers = new RecordHeaders();
        holdings.stamping(new StringDeserializer())
                .deserialize("topic", headers, ByteBuffer.wrap("7".getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
