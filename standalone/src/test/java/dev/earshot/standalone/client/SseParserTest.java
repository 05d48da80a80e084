package dev.earshot.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SseParserTest {

    @Test
    void readsNameIdAndData() {
        assertThat(parse("id: 7", "event: transcript", "data: {\"a\":1}", ""))
                .containsExactly(new SseEvent("7", "transcript", "{\"a\":1}"));
    }

    @Test
    void joinsDataLines_andForgetsTheIdOfTheEventBefore() {
        assertThat(parse("id: 7", "data: a", "", "data: b", "data:c", ""))
                .containsExactly(new SseEvent("7", "message", "a"), new SseEvent(null, "message", "b\nc"));
    }

    @Test
    void passesOverCommentsRetryAndEmptyEvents() {
        assertThat(parse(": heartbeat", "", "retry: 2000", "", "event: x", "")).isEmpty();
    }

    private static List<SseEvent> parse(String... lines) {
        var parser = new SseParser();
        return Stream.of(lines).map(parser::line).flatMap(Optional::stream).toList();
    }
}
