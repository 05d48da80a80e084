package dev.earshot.api.web;

import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.WebhookDelivery;
import dev.earshot.api.domain.WebhookDelivery.Outcome;
import dev.earshot.api.domain.WebhookSettings;
import dev.earshot.api.postgres.Accounts;
import dev.earshot.api.postgres.WebhookLedger;
import dev.earshot.api.postgres.WebhookLedger.Filter;
import dev.earshot.api.web.Views.MessageView;
import dev.earshot.api.web.Views.UserView;
import dev.earshot.api.webhook.PublicTargets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "Webhooks")
final class WebhookRoutes {

    /** So much of a secret is shown that its owner knows which it is. */
    private static final int SHOWN = 4;

    private final Accounts accounts;
    private final WebhookLedger ledger;
    private final PublicTargets targets;

    WebhookRoutes(Accounts accounts, WebhookLedger ledger, PublicTargets targets) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.targets = targets;
    }

    @PutMapping("/user/webhook")
    @Operation(summary = "Say where to be told what happens, and of what")
    @RequestBody(content = @Content(schema = @Schema(implementation = WebhookBody.class)))
    Mono<UserView> set(@RequestAttribute(Gate.CALLER) Caller caller, ServerWebExchange exchange) {
        return Inputs.body(exchange)
                .map(WebhookSettings::read)
                .flatMap(change -> targets.mayLeadTo(URI.create(String.valueOf(change.get("webhook_url"))))
                        .flatMap(allowed -> allowed
                                ? accounts.annotate(caller.userId(), change)
                                : Mono.error(new RefusedException(
                                        400, "webhook_url leads to an address that is not of the public Internet"))))
                .map(UserView::of);
    }

    @GetMapping("/user/webhook")
    @Operation(summary = "Where I am told what happens; of the secret only its end")
    Mono<WebhookView> get(@RequestAttribute(Gate.CALLER) Caller caller) {
        return accounts.byId(caller.userId()).map(user -> WebhookSettings.of(user.data())
                .map(WebhookView::of)
                .orElse(new WebhookView(null, null, Map.of())));
    }

    @GetMapping("/user/webhook/deliveries")
    @Operation(summary = "What I was told, newest first, and what became of it")
    Mono<DeliveriesView> deliveries(
            @RequestAttribute(Gate.CALLER) Caller caller, @RequestParam(required = false) @Nullable String limit) {
        return ledger.newest(mine(caller, Set.of(), null, Set.of()), Inputs.integer("limit", limit, 100, 1, 500))
                .map(DeliveryView::of)
                .collectList()
                .map(DeliveriesView::new);
    }

    @PostMapping("/user/webhook/deliveries/{eventId}/redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Tell me once more, whatever became of it")
    Mono<MessageView> redeliver(@RequestAttribute(Gate.CALLER) Caller caller, @PathVariable String eventId) {
        return ledger.redeliver(mine(caller, Set.of(), null, Set.of(eventId)))
                .flatMap(found -> found > 0
                        ? Mono.just(new MessageView("Delivery queued"))
                        : Mono.error(RefusedException.notFound("Delivery not found")));
    }

    @PostMapping("/user/webhook/deliveries/redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Tell me once more everything since a time that could not be told")
    Mono<MessageView> redeliverAll(
            @RequestAttribute(Gate.CALLER) Caller caller, @RequestParam(required = false) @Nullable String since) {
        return ledger.redeliver(mine(caller, WebhookLedger.UNTOLD, since == null ? null : instant(since), Set.of()))
                .map(queued -> new MessageView(queued + " deliveries queued"));
    }

    private static Filter mine(Caller caller, Set<Outcome> outcomes, @Nullable Instant since, Set<String> eventIds) {
        return new Filter(caller.userId(), outcomes, since, eventIds);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new RefusedException(422, "since: " + text + " (expected: a time such as 2026-03-01T09:00:00Z)");
        }
    }

    /** The body of {@code PUT /user/webhook}, for the description of the API. */
    record WebhookBody(
            String webhookUrl, @Nullable String webhookSecret, @Nullable Map<String, Boolean> webhookEvents) {}

    record WebhookView(
            @Nullable String webhookUrl, @Nullable String webhookSecret, Map<String, Boolean> webhookEvents) {

        private static WebhookView of(WebhookSettings settings) {
            return new WebhookView(settings.url().toString(), masked(settings.secret()), settings.events());
        }

        private static @Nullable String masked(@Nullable String secret) {
            if (secret == null) {
                return null;
            }
            return "****" + (secret.length() < 4 * SHOWN ? "" : secret.substring(secret.length() - SHOWN));
        }
    }

    record DeliveryView(
            String eventId,
            String eventType,
            long meetingId,
            String outcome,
            int attempts,
            @Nullable Integer lastStatus,
            @Nullable String lastError,
            Instant createdAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant finishedAt) {

        private static DeliveryView of(WebhookDelivery delivery) {
            return new DeliveryView(
                    delivery.eventId(),
                    delivery.eventType(),
                    delivery.meetingId(),
                    delivery.outcome().name().toLowerCase(Locale.ROOT),
                    delivery.attempts(),
                    delivery.lastStatus(),
                    delivery.lastError(),
                    delivery.createdAt(),
                    delivery.nextAttemptAt(),
                    delivery.finishedAt());
        }
    }

    record DeliveriesView(List<DeliveryView> deliveries) {}
}
