package dev.earshot.api.postgres;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Forgets now and then what was kept for a while only: links, answers, old lines of the ledger; and what was deleted. */
public final class Housekeeping implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final WebhookOutbox outbox;
    private final ShareLinks links;
    private final IdempotentRequests requests;
    private final MeetingRemoval removal;
    private final Clock clock;
    private final Disposable.Swap running = Disposables.swap();

    public Housekeeping(
            WebhookOutbox outbox, ShareLinks links, IdempotentRequests requests, MeetingRemoval removal, Clock clock) {
        this.outbox = outbox;
        this.links = links;
        this.requests = requests;
        this.removal = removal;
        this.clock = clock;
    }

    public void start() {
        running.update(Flux.interval(PAUSE)
                .onBackpressureDrop()
                .concatMap(tick -> sweep(), 1)
                .subscribe());
    }

    private Mono<Void> sweep() {
        Instant now = Instant.now(clock);
        return outbox.sweep(now)
                .then(links.sweep(now))
                .then(requests.sweep())
                .then(removal.sweep())
                .onErrorResume(error -> {
                    log.warn("housekeeping_waits reason=\"{}\"", error.toString());
                    return Mono.empty();
                });
    }

    @Override
    public void close() {
        running.dispose();
    }
}
