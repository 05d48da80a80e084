package dev.earshot.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.domain.WebhookSettings;
import dev.earshot.api.webhook.WebhookSender.Result;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class WebhookSenderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger visits = new AtomicInteger();
    private final DisposableServer inside = HttpServer.create()
            .host("127.0.0.1")
            .handle((request, response) -> {
                visits.incrementAndGet();
                return response.status(204).send();
            })
            .bindNow();

    @AfterEach
    void close() {
        inside.disposeNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "2130706433"})
    void goesToNoAddressInside_howeverItIsWritten(String host) {
        var targets = new PublicTargets(false, PublicTargets.SYSTEM_LOOKUP);
        Result result = send(targets, "http://" + host + ":" + inside.port() + "/");
        assertThat(result).isNotInstanceOf(Result.Taken.class);
        assertThat(visits).hasValue(0);
    }

    @Test
    void goesToNoName_thatLeadsInsideAsWell() {
        var targets = new PublicTargets(false, host -> Mono.just(List.of(address(93), address(127))));
        assertThat(send(targets, "http://hook.example/")).isInstanceOf(Result.Blocked.class);
    }

    @Test
    void goesToNoName_thatMeansSomethingElseOnceItWasChecked() {
        // As a server of names that is after us would answer: once for the check, once for the connection.
        Queue<InetAddress> answers = new ArrayDeque<>(List.of(address(93), address(127), address(127)));
        var targets = new PublicTargets(false, host -> Mono.just(List.of(answers.remove())));
        assertThat(send(targets, "http://hook.example:" + inside.port() + "/")).isInstanceOf(Result.Blocked.class);
        assertThat(visits).hasValue(0);
    }

    @Test
    void connectsToTheVeryAddressThatItChecked() {
        var targets = new PublicTargets(true, host -> Mono.just(List.of(address(127))));
        assertThat(send(targets, "http://no-such-name.invalid:" + inside.port() + "/"))
                .isEqualTo(new Result.Taken(204));
        assertThat(visits).hasValue(1);
    }

    @Test
    void triesLater_whenTheNameIsNotKnownOrNobodyListens() {
        var unknown = new PublicTargets(false, host -> Mono.error(new UnknownHostException(host)));
        assertThat(send(unknown, "http://hook.example/")).isInstanceOf(Result.Later.class);
        int port = inside.port();
        inside.disposeNow();
        var targets = new PublicTargets(true, PublicTargets.SYSTEM_LOOKUP);
        assertThat(send(targets, "http://127.0.0.1:" + port + "/")).isInstanceOf(Result.Later.class);
    }

    private static Result send(PublicTargets targets, String url) {
        return new WebhookSender(targets, Clock.systemUTC())
                .send(new WebhookSettings(URI.create(url), null, Map.of()), "evt_1", "{}")
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static InetAddress address(int first) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) first, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
