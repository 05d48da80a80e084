package dev.earshot.api.web;

import dev.earshot.api.domain.ApiKey;
import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.SealedAnswer;
import dev.earshot.api.postgres.IdempotentRequests;
import dev.earshot.api.postgres.IdempotentRequests.Known;
import dev.earshot.api.postgres.IdempotentRequests.Name;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers a POST that comes again under the same {@code Idempotency-Key} as it was answered the first time, without doing
 * anything. An answer is kept before it is sent, so whoever has seen one will see the same. Failures of ours are not kept.
 * Source: draft-ietf-httpapi-idempotency-key-header-07.
 */
final class IdempotencyKeys implements WebFilter {

    /** Header of an answer that was kept. */
    static final String REPLAYED = "Idempotent-Replayed";

    private static final String HEADER = "Idempotency-Key";
    private static final int LONGEST = 255;

    private final IdempotentRequests requests;
    private final ErrorAnswers errors;
    private final String secret;

    IdempotencyKeys(IdempotentRequests requests, ErrorAnswers errors, String secret) {
        this.requests = requests;
        this.errors = errors;
        this.secret = secret;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String key = request.getHeaders().getFirst(HEADER);
        String credential = exchange.getAttribute(Gate.KEY);
        if (key == null || credential == null || !request.getMethod().equals(HttpMethod.POST)) {
            return chain.filter(exchange);
        }
        if (key.isBlank() || key.length() > LONGEST) {
            return Mono.error(new RefusedException(400, HEADER + " must have 1 to " + LONGEST + " characters"));
        }
        Caller caller = exchange.getAttribute(Gate.CALLER);
        long owner = caller == null ? 0 : caller.userId();
        var name = new Name(owner, ApiKey.hash(key));
        var seal = new SealedAnswer(secret, owner, key);
        return Inputs.bytes(exchange).defaultIfEmpty(new byte[0]).flatMap(body -> requests.begin(
                        name, ApiKey.hash(request.getMethod() + " " + request.getURI() + "\n" + hex(body)))
                .flatMap(known -> answer(
                        known, exchange.mutate().request(again(request, body)).build(), name, seal, chain)));
    }

    private Mono<Void> answer(
            Known known, ServerWebExchange exchange, Name name, SealedAnswer seal, WebFilterChain chain) {
        if (known instanceof Known.Answered answered) {
            return replay(exchange.getResponse(), answered, seal);
        }
        if (known instanceof Known.Other) {
            return Mono.error(new RefusedException(422, HEADER + " was used for another request"));
        }
        if (known instanceof Known.Running) {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
            return Mono.error(new RefusedException(409, "A request with this " + HEADER + " is being answered"));
        }
        ServerWebExchange kept = exchange.mutate()
                .response(new Keeping(exchange.getResponse(), name, seal))
                .build();
        // Refusals are answers too: they are made here, where they are kept.
        return chain.filter(kept).onErrorResume(error -> errors.handle(kept, error));
    }

    private static Mono<Void> replay(ServerHttpResponse response, Known.Answered answered, SealedAnswer seal) {
        response.setStatusCode(HttpStatusCode.valueOf(answered.status()));
        response.getHeaders().set(REPLAYED, "true");
        String type = answered.contentType();
        if (type != null) {
            response.getHeaders().set(HttpHeaders.CONTENT_TYPE, type);
        }
        byte[] body = seal.open(answered.body());
        return body.length == 0
                ? response.setComplete()
                : response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static ServerHttpRequest again(ServerHttpRequest request, byte[] body) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                return body.length == 0
                        ? Flux.empty()
                        : Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)));
            }
        };
    }

    private static String hex(byte[] body) {
        return ApiKey.hash(new String(body, StandardCharsets.ISO_8859_1));
    }

    /** Keeps what is written before it is sent. */
    private final class Keeping extends ServerHttpResponseDecorator {

        private final Name name;
        private final SealedAnswer seal;

        private Keeping(ServerHttpResponse response, Name name, SealedAnswer seal) {
            super(response);
            this.name = name;
            this.seal = seal;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return DataBufferUtils.join(Flux.from(body))
                    .map(Inputs::drained)
                    .defaultIfEmpty(new byte[0])
                    .flatMap(bytes -> keep(bytes).then(super.writeWith(Mono.fromSupplier(() -> bufferFactory()
                            .wrap(bytes)))));
        }

        @Override
        public Mono<Void> setComplete() {
            return keep(new byte[0]).then(super.setComplete());
        }

        private Mono<Void> keep(byte[] body) {
            HttpStatusCode given = getStatusCode();
            HttpStatusCode status = given == null ? HttpStatus.OK : given;
            return status.is5xxServerError()
                    ? requests.forget(name)
                    : requests.answered(name, status.value(), contentType(), seal.seal(body));
        }

        private @Nullable String contentType() {
            return getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        }
    }
}
