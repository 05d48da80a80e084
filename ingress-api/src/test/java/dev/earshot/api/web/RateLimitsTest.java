package dev.earshot.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.ApiRules;
import dev.earshot.api.domain.RateLimitedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class RateLimitsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RateLimits limits =
            new RateLimits(new ApiRules(false, false, false, MINUTE, MINUTE, MINUTE, 2, 1, 1));

    @Test
    void refusesAKeyWhoseMinuteIsUsedUp_andNobodyElse() {
        allows(exchange("/meetings", "a"), "2", "1");
        allows(exchange("/bots", "a"), "2", "0");
        refuses(exchange("/meetings", "a"));
        allows(exchange("/meetings", "b"), "2", "1");
    }

    @Test
    void countsAdministrationAlone() {
        allows(exchange("/admin/users", Gate.ADMIN), "1", "0");
        refuses(exchange("/admin/users", Gate.ADMIN));
        allows(exchange("/meetings", "a"), "2", "1");
    }

    @Test
    void countsSocketsByTheKeyTheyComeWith() {
        allows(socket("/ws?api_key=one"), "1", "0");
        refuses(socket("/ws?api_key=one"));
        allows(socket("/ws?api_key=two"), "1", "0");
        allows(socket("/ws"), "1", "0");
        refuses(socket("/ws"));
        allows(socket("/ws?token=st_1_1_1_x"), "1", "0");
        refuses(socket("/ws?token=st_1_2_2_y"));
        allows(socket("/ws?token=st_2_1_1_x"), "1", "0");
    }

    @Test
    void countsNothing_whereNoKeyIsNeededOrNoLimitIsSet() {
        MockServerWebExchange open = exchange("/health", null);
        StepVerifier.create(limits.filter(open, next -> Mono.empty())).verifyComplete();
        assertThat(open.getResponse().getHeaders().headerNames()).doesNotContain("X-RateLimit-Limit");
        var none = new RateLimits(new ApiRules(false, false, false, MINUTE, MINUTE, MINUTE, 0, 0, 0));
        for (int i = 0; i < 5; i++) {
            StepVerifier.create(none.filter(exchange("/meetings", "a"), next -> Mono.empty()))
                    .verifyComplete();
        }
    }

    private void allows(MockServerWebExchange exchange, String limit, String remaining) {
        StepVerifier.create(limits.filter(exchange, next -> Mono.empty())).verifyComplete();
        assertThat(exchange.getResponse().getHeaders().getFirst("X-RateLimit-Limit"))
                .isEqualTo(limit);
        assertThat(exchange.getResponse().getHeaders().getFirst("X-RateLimit-Remaining"))
                .isEqualTo(remaining);
    }

    private void refuses(MockServerWebExchange exchange) {
        StepVerifier.create(limits.filter(exchange, next -> Mono.empty())).verifyErrorSatisfies(error -> assertThat(
                        error)
                .isInstanceOfSatisfying(RateLimitedException.class, limited -> assertThat(limited.retryAfterSeconds())
                        .isBetween(1L, 60L)));
    }

    private static MockServerWebExchange exchange(String path, String key) {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get(path));
        if (key != null) {
            exchange.getAttributes().put(Gate.KEY, key);
        }
        return exchange;
    }

    private static MockServerWebExchange socket(String path) {
        return MockServerWebExchange.from(MockServerHttpRequest.get(path));
    }
}
