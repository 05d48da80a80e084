package dev.earshot.api.web;

import dev.earshot.api.domain.InvalidRequestException;
import dev.earshot.api.domain.RateLimitedException;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.Violation;
import dev.earshot.eventlog.OverloadedException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns every failure into {@code {"detail": …}}, or into a problem of RFC 9457 for who asks for those. What the caller cannot mend is
 * logged here, once, and not told.
 */
final class ErrorAnswers implements WebExceptionHandler, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        if (error instanceof RefusedException refused) {
            return answer(exchange, HttpStatusCode.valueOf(refused.status()), refused.detail(), Map.of());
        }
        if (error instanceof RateLimitedException limited) {
            exchange.getResponse()
                    .getHeaders()
                    .set(HttpHeaders.RETRY_AFTER, Long.toString(limited.retryAfterSeconds()));
            return answer(
                    exchange,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Rate limit exceeded",
                    Map.of("retry_after", limited.retryAfterSeconds()));
        }
        if (error instanceof InvalidRequestException invalid) {
            return answer(
                    exchange,
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    invalid.violations().stream().map(ErrorAnswers::view).toList(),
                    Map.of());
        }
        if (error instanceof ResponseStatusException status) {
            exchange.getResponse().getHeaders().putAll(status.getHeaders());
            return answer(exchange, status.getStatusCode(), title(status.getStatusCode()), Map.of());
        }
        if (isSomebodyAway(error)) {
            log.warn(
                    "server_away path={} reason=\"{}\"",
                    exchange.getRequest().getPath().value(),
                    error.toString());
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
            return answer(
                    exchange,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Service unavailable: a server behind us does not answer",
                    Map.of());
        }
        log.error(
                "request_failed method={} path={}",
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath().value(),
                error);
        return answer(exchange, HttpStatus.INTERNAL_SERVER_ERROR, "Internal Server Error", Map.of());
    }

    /** Whether a server behind us does not answer, so that the same may work later. */
    static boolean isSomebodyAway(Throwable error) {
        return error instanceof DataAccessResourceFailureException
                || error instanceof R2dbcNonTransientResourceException
                || error instanceof TransactionException
                || error instanceof TimeoutException
                || error instanceof OverloadedException;
    }

    private static Mono<Void> answer(
            ServerWebExchange exchange, HttpStatusCode status, Object detail, Map<String, Object> more) {
        boolean asked = exchange.getRequest().getHeaders().getAccept().stream()
                .anyMatch(MediaType.APPLICATION_PROBLEM_JSON::equalsTypeAndSubtype);
        var body =
                new LinkedHashMap<String, Object>(asked ? problem(exchange, status, detail) : Map.of("detail", detail));
        body.putAll(more);
        var response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(asked ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON);
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        return response.writeWith(Mono.just(response.bufferFactory().wrap(MAPPER.writeValueAsBytes(body))));
    }

    /** Source: RFC 9457; {@code errors} holds what the contract has as a list in {@code detail}. */
    private static Map<String, Object> problem(ServerWebExchange exchange, HttpStatusCode status, Object detail) {
        var problem = new LinkedHashMap<String, Object>();
        boolean invalid = detail instanceof List<?>;
        problem.put("type", invalid ? "urn:earshot:problem:invalid-request" : "about:blank");
        problem.put("title", title(status));
        problem.put("status", status.value());
        problem.put("detail", invalid ? "The request is not valid; errors says where and why." : detail);
        problem.put("instance", exchange.getRequest().getURI().getRawPath());
        if (invalid) {
            problem.put("errors", detail);
        }
        return problem;
    }

    private static String title(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "Error" : known.getReasonPhrase();
    }

    private static Map<String, Object> view(Violation violation) {
        var view = new LinkedHashMap<String, Object>();
        view.put("type", violation.type());
        view.put("loc", List.copyOf(violation.loc()));
        view.put("msg", violation.msg());
        view.put("input", violation.input());
        if (!violation.ctx().isEmpty()) {
            view.put("ctx", violation.ctx());
        }
        return view;
    }
}
