package dev.earshot.api.webhook;

import dev.earshot.api.domain.WebhookDelivery.Outcome;
import dev.earshot.api.domain.WebhookRetries;
import dev.earshot.api.postgres.WebhookOutbox;
import dev.earshot.api.postgres.WebhookOutbox.Due;
import dev.earshot.api.webhook.WebhookSender.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Sends what is in the outbox, and sees to what could not be sent. Any number of nodes may do so at once. */
public final class WebhookDispatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookDispatcher.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Longer than an attempt can take: what is not settled by then was taken by a node that is gone. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final int AT_ONCE = 16;

    private final WebhookOutbox outbox;
    private final WebhookSender sender;
    private final Clock clock;
    private final Disposable.Composite running = Disposables.composite();

    public WebhookDispatcher(WebhookOutbox outbox, WebhookSender sender, Clock clock) {
        this.outbox = outbox;
        this.sender = sender;
        this.clock = clock;
    }

    /** Looks for work once a second. */
    public void start() {
        repeat(this::sendDue);
        repeat(() -> outbox.noteReadyTranscripts(Instant.now(clock)));
    }

    private void repeat(Supplier<Mono<Void>> work) {
        running.add(Flux.interval(PAUSE)
                .onBackpressureDrop()
                .concatMap(tick -> work.get(), 1)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, PAUSE)
                        .maxBackoff(Duration.ofSeconds(30))
                        .doBeforeRetry(retry -> log.warn(
                                "webhooks_wait reason=\"{}\"", retry.failure().toString())))
                .subscribe());
    }

    private Mono<Void> sendDue() {
        return outbox.takeDue(AT_ONCE, LEASE).flatMap(this::send, AT_ONCE).then();
    }

    private Mono<Void> send(Due due) {
        return due.settings()
                .map(settings ->
                        sender.send(settings, due.eventId(), due.body()).flatMap(result -> settle(due, result)))
                .orElseGet(() ->
                        outbox.settle(due.id(), Outcome.SUPPRESSED, null, "the user has no webhook address any more"));
    }

    private Mono<Void> settle(Due due, Result result) {
        if (result instanceof Result.Taken taken) {
            log.debug("webhook_delivered event_id={} attempts={}", due.eventId(), due.attempts());
            return outbox.settle(due.id(), Outcome.DELIVERED, taken.status(), null);
        }
        if (result instanceof Result.Later later) {
            return retryOrGiveUp(due, later.status(), later.error(), later.asked());
        }
        if (result instanceof Result.Refused refused) {
            return giveUp(due, Outcome.FAILED, refused.status(), refused.error());
        }
        return giveUp(due, Outcome.BLOCKED, null, ((Result.Blocked) result).error());
    }

    private Mono<Void> retryOrGiveUp(Due due, @Nullable Integer status, String error, Duration asked) {
        Optional<Instant> next = WebhookRetries.next(
                due.attempts(),
                due.queuedAt(),
                Instant.now(clock),
                asked,
                ThreadLocalRandom.current().nextDouble());
        return next.map(at -> outbox.postpone(due.id(), at, status, error))
                .orElseGet(() -> giveUp(due, Outcome.FAILED, status, error));
    }

    private Mono<Void> giveUp(Due due, Outcome outcome, @Nullable Integer status, String error) {
        log.warn("webhook_not_delivered event_id={} outcome={} reason=\"{}\"", due.eventId(), outcome, error);
        return outbox.settle(due.id(), outcome, status, error);
    }

    @Override
    public void close() {
        running.dispose();
    }
}
