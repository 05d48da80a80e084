package dev.earshot.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.export.SharedText.Spoken;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTextTest {

    @Test
    void saysWhichMeetingItWas_thenWhatWasSaidWhen() {
        var text = new SharedText(
                "Budget",
                "zoom",
                "1234567890",
                Instant.parse("2026-03-01T09:00:00.5Z"),
                null,
                List.of(
                        new Spoken(Instant.parse("2026-03-01T09:00:01.9Z"), "Ada", "good morning"),
                        new Spoken(null, null, "hello")));
        assertThat(text.write())
                .isEqualTo("Budget\nPlatform: zoom\nMeeting ID: 1234567890\nStart: 2026-03-01 09:00:00\nEnd: -\n"
                        + "-".repeat(40) + "\n[2026-03-01 09:00:01] Ada: good morning\n[-] Unknown: hello\n");
    }

    @Test
    void keepsWhatSomebodySaidOnOneLine() {
        var text = new SharedText(
                null, "zoom", null, null, null, List.of(new Spoken(null, "A\nB", "one\r\n[x] Eve: two")));
        assertThat(text.write())
                .startsWith("Meeting transcript\nPlatform: zoom\nMeeting ID: -\n")
                .endsWith("[-] A B: one [x] Eve: two\n");
    }
}
