package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeetingNotesTest {

    @Test
    void takesWhatMayBeWritten_andLeavesTheRest() {
        var change = MeetingNotes.read(Map.of(
                "data",
                Map.of(
                        "name", " Standup ",
                        "participants", List.of("Ada"),
                        "languages", List.of("en", "yue"),
                        "notes", "short",
                        "status_transition", List.of())));
        assertThat(change)
                .containsOnly(
                        Map.entry("name", "Standup"),
                        Map.entry("participants", List.of("Ada")),
                        Map.entry("languages", List.of("en", "yue")),
                        Map.entry("notes", "short"));
    }

    @Test
    void saysEverythingThatIsWrong_andWhere() {
        assertThatThrownBy(() -> MeetingNotes.read(
                        Map.of("data", Map.of("name", "x".repeat(501), "participants", List.of(1), "languages", "en"))))
                .isInstanceOfSatisfying(InvalidRequestException.class, invalid -> assertThat(invalid.violations())
                        .extracting(Violation::loc)
                        .containsExactlyInAnyOrder(
                                List.of("body", "data", "name"),
                                List.of("body", "data", "participants"),
                                List.of("body", "data", "languages")));
    }

    @Test
    void asksForSomethingToWrite() {
        assertThatThrownBy(() -> MeetingNotes.read(Map.of("data", Map.of("other", 1))))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.detail()).isEqualTo("No data provided for update.");
                });
    }
}
