package dev.earshot.api.web;

import dev.earshot.api.ApiRules;
import dev.earshot.api.domain.ApiKey;
import dev.earshot.api.domain.RateLimitedException;
import dev.earshot.api.domain.RateLimiter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Holds every key to its requests per minute, and says how many are left. Each node counts for itself: no server has to be
 * asked before each request, and none can refuse everybody by being away.
 */
final class RateLimits implements WebFilter {

    private final @Nullable RateLimiter requests;
    private final @Nullable RateLimiter administration;
    private final @Nullable RateLimiter sockets;

    RateLimits(ApiRules rules) {
        this.requests = limiter(rules.requestsPerMinute());
        this.administration = limiter(rules.adminRequestsPerMinute());
        this.sockets = limiter(rules.socketsPerMinute());
    }

    private static @Nullable RateLimiter limiter(int perMinute) {
        return perMinute == 0 ? null : new RateLimiter(perMinute);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        boolean socket = request.getPath().value().equals("/ws");
        String key = socket ? opener(request) : exchange.getAttribute(Gate.KEY);
        if (key == null) {
            return chain.filter(exchange);
        }
        RateLimiter limiter = socket ? sockets : key.equals(Gate.ADMIN) ? administration : requests;
        if (limiter == null) {
            return chain.filter(exchange);
        }
        RateLimiter.Verdict verdict = limiter.call(key, System.nanoTime());
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set("X-RateLimit-Limit", Integer.toString(limiter.perMinute()));
        headers.set("X-RateLimit-Remaining", Integer.toString(verdict.remaining()));
        return verdict.allowed()
                ? chain.filter(exchange)
                : Mono.error(new RateLimitedException(verdict.retryAfterSeconds()));
    }

    /**
     * Who opens a socket: the key that it comes with, which nobody has checked yet, or the meeting of its token; without either,
     * where it comes from.
     */
    private static String opener(ServerHttpRequest request) {
        String header = request.getHeaders().getFirst("X-API-Key");
        String key = header == null ? request.getQueryParams().getFirst("api_key") : header;
        if (key != null) {
            return ApiKey.hash(key);
        }
        String token = request.getQueryParams().getFirst("token");
        return token == null ? Gate.address(request) : "meeting " + StreamTokens.meetingOf(token);
    }
}
