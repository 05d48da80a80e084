package dev.earshot.api.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.domain.BotRequest;
import dev.earshot.api.domain.BotRequestReader;
import dev.earshot.api.domain.InvalidRequestException;
import dev.earshot.api.webhook.PublicTargets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class DestinationsTest {

    private static final BotRequest JITSI = request("https://meet.example.org/standup");

    @ParameterizedTest
    @ValueSource(bytes = {10, 127})
    void keepsBotsFromOurOwnNetwork(byte first) {
        StepVerifier.create(destinations(false, first).checked(JITSI)).verifyErrorSatisfies(error -> assertThat(error)
                .isInstanceOfSatisfying(InvalidRequestException.class, invalid -> assertThat(
                                invalid.violations().get(0).loc())
                        .asString()
                        .contains("meeting_url")));
    }

    @Test
    void letsThemGoElsewhere_andWhereTheDeploymentSaysSo() {
        StepVerifier.create(destinations(false, (byte) 93).checked(JITSI))
                .expectNext(JITSI)
                .verifyComplete();
        StepVerifier.create(destinations(true, (byte) 10).checked(JITSI))
                .expectNext(JITSI)
                .verifyComplete();
    }

    @Test
    void leavesItToTheBot_whenTheNameMeansNothingNow() {
        var unknown = new PublicTargets(false, host -> Mono.error(new UnknownHostException(host)));
        StepVerifier.create(new Destinations(unknown).checked(JITSI))
                .expectNext(JITSI)
                .verifyComplete();
    }

    @Test
    void looksUpNoPlatform_whoseServersAreKnown() {
        BotRequest zoom = request("https://zoom.us/j/1234567890");
        var never = new PublicTargets(false, host -> Mono.error(new AssertionError("looked up " + host)));
        StepVerifier.create(new Destinations(never).checked(zoom))
                .expectNext(zoom)
                .verifyComplete();
    }

    private static Destinations destinations(boolean privateAllowed, byte first) {
        return new Destinations(new PublicTargets(privateAllowed, host -> Mono.just(List.of(address(first)))));
    }

    private static BotRequest request(String link) {
        Map<String, Object> body =
                link.contains("zoom") ? Map.of("meeting_url", link) : Map.of("platform", "jitsi", "meeting_url", link);
        return BotRequestReader.read(body, false);
    }

    private static InetAddress address(byte first) {
        try {
            return InetAddress.getByAddress(new byte[] {first, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
