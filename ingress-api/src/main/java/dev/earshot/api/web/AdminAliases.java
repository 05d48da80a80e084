package dev.earshot.api.web;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Older clients of administration say {@code /users} for {@code /admin/users}, and {@code /tokens} likewise. */
final class AdminAliases implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        String area = Gate.area(path);
        if (!area.equals("users") && !area.equals("tokens")) {
            return chain.filter(exchange);
        }
        return chain.filter(exchange.mutate()
                .request(request -> request.path("/admin" + path))
                .build());
    }
}
