package dev.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.audio.domain.DecodingOptions;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestDoorTest {

    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 1);

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null, false", "Bearer wrong, false", "secret, false", "Bearer secret, true"})
    void withToken_servesWhoeverShowsIt(String authorization, boolean served) {
        var door = new IngestDoor("secret");

        assertThat(door.refusal(authorization, null, ELSEWHERE).isEmpty()).isEqualTo(served);
        assertThat(door.refusal(authorization, null, HERE).isEmpty()).isEqualTo(served);
    }

    @Test
    void withoutToken_servesThisMachineOnly() {
        var door = new IngestDoor(null);

        assertThat(door.refusal(null, null, HERE)).isEmpty();
        assertThat(door.refusal(null, null, ELSEWHERE).orElseThrow()).contains("INGEST_TOKEN");
        assertThat(door.refusal("Bearer x", null, null)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8056, true",
        "http://127.0.0.1, true",
        "https://evil.example, false",
        "http://127.0.0.1.evil.example, false",
        "null, false"
    })
    void withoutToken_refusesPagesOfOtherSites(String origin, boolean served) {
        assertThat(new IngestDoor(null).refusal(null, origin, HERE).isEmpty()).isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "12, en, null, true",
                "12, null, translate, true",
                "null, en, null, false",
                "x, en, null, false",
                "12, English, null, false",
                "12, en, sing, false"
            })
    void checksParameters(String meetingId, String language, String task, boolean fine) {
        assertThat(IngestDoor.complaint(meetingId, new DecodingOptions(language, task))
                        .isEmpty())
                .isEqualTo(fine);
    }
}
