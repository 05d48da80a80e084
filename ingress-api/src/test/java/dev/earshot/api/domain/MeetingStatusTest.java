package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeetingStatusTest {

    /** The contract's table, word for word. */
    private static final Map<String, List<String>> TABLE = Map.of(
            "requested", List.of("joining", "stopping", "completed", "failed"),
            "joining", List.of("awaiting_admission", "active", "needs_human_help", "stopping", "completed", "failed"),
            "awaiting_admission", List.of("active", "needs_human_help", "stopping", "completed", "failed"),
            "needs_human_help", List.of("active", "stopping", "completed", "failed"),
            "active", List.of("stopping", "completed", "failed"),
            "stopping", List.of("completed", "failed"),
            "completed", List.of(),
            "failed", List.of());

    @ParameterizedTest
    @EnumSource(MeetingStatus.class)
    void movesAsTheContractSays(MeetingStatus from) {
        List<String> allowed = Arrays.stream(MeetingStatus.values())
                .filter(from::canMoveTo)
                .map(MeetingStatus::wire)
                .toList();

        assertThat(allowed).containsExactlyInAnyOrderElementsOf(TABLE.get(from.wire()));
    }

    @ParameterizedTest
    @EnumSource(MeetingStatus.class)
    void isReadAsItIsWritten(MeetingStatus status) {
        assertThat(MeetingStatus.of(status.wire())).contains(status);
        assertThat(MeetingStatus.of(status.name())).isEmpty();
    }
}
