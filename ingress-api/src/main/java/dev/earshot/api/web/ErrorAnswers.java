package dev.earshot.api.web;

import dev.earshot.api.domain.InvalidRequestException;
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

/** Turns every failure into {@code {"detail": …}}. What the caller cannot mend is logged here, once, and not told. */
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
            return answer(exchange, HttpStatusCode.valueOf(refused.status()), refused.detail());
        }
        if (error instanceof InvalidRequestException invalid) {
            return answer(
                    exchange,
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    invalid.violations().stream().map(ErrorAnswers::view).toList());
        }
        if (error instanceof ResponseStatusException status) {
            HttpStatus known = HttpStatus.resolve(status.getStatusCode().value());
            exchange.getResponse().getHeaders().putAll(status.getHeaders());
            return answer(exchange, status.getStatusCode(), known == null ? "Error" : known.getReasonPhrase());
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
                    "Service unavailable: a server behind us does not answer");
        }
        log.error(
                "request_failed method={} path={}",
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath().value(),
                error);
        return answer(exchange, HttpStatus.INTERNAL_SERVER_ERROR, "Internal Server Error");
    }

    private static boolean isSomebodyAway(Throwable error) {
        return error instanceof DataAccessResourceFailureException
                || error instanceof R2dbcNonTransientResourceException
                || error instanceof TransactionException
                || error instanceof TimeoutException
                || error instanceof OverloadedException;
    }

    static Mono<Void> answer(ServerWebExchange exchange, HttpStatusCode status, Object detail) {
        var response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        byte[] body = MAPPER.writeValueAsBytes(Map.of("detail", detail));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
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
