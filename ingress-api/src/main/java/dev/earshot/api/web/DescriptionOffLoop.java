package dev.earshot.api.web;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Has the description of the API made elsewhere: that takes a second, and an event loop has thousands of feeds to write. */
final class DescriptionOffLoop implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Mono<Void> answer = chain.filter(exchange);
        return exchange.getRequest().getPath().value().startsWith("/openapi.json")
                ? answer.subscribeOn(Schedulers.boundedElastic())
                : answer;
    }
}
