package dev.earshot.api.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class DescriptionOffLoopTest {

    @ParameterizedTest
    @CsvSource({"/openapi.json,true", "/openapi.json/swagger-config,true", "/meetings,false"})
    void letsTheDescriptionBlock_andNothingElse(String path, boolean mayBlock) {
        WebFilterChain chain = exchange -> Mono.fromRunnable(() -> {
            if (Schedulers.isInNonBlockingThread() == mayBlock) {
                throw new IllegalStateException("on " + Thread.currentThread().getName());
            }
        });
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get(path));
        StepVerifier.create(new DescriptionOffLoop().filter(exchange, chain).subscribeOn(Schedulers.parallel()))
                .verifyComplete();
    }
}
