package dev.earshot.api.app;

import dev.earshot.api.domain.WebhookDelivery;
import dev.earshot.api.domain.WebhookDelivery.Outcome;
import dev.earshot.api.postgres.Accounts;
import dev.earshot.api.postgres.Database;
import dev.earshot.api.postgres.DatabaseUrl;
import dev.earshot.api.postgres.WebhookLedger;
import dev.earshot.api.postgres.WebhookLedger.Filter;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.BadSqlGrammarException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;

/** Webhooks, for whoever runs the deployment: what users' servers were told, and telling them once more. */
@Command(
        name = "webhooks",
        description = "Webhooks: what users' servers were told, and telling them once more.",
        mixinStandardHelpOptions = true)
public final class WebhooksCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROW = "%-36s %-22s %-10s %5s  %-20s  %-24s %s%n";

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "list or redeliver?");
    }

    /** Shows the ledger. */
    @Command(
            name = "list",
            description = "What was told, newest first, and what became of it.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin DatabaseOption database,
            @Option(names = "--user", paramLabel = "EMAIL", description = "only this user's") @Nullable String user,
            @Option(
                            names = "--outcome",
                            paramLabel = "OUTCOME",
                            description = "only these, as queued, delivered, suppressed, blocked, failed")
                    @Nullable
                    Set<Outcome> outcomes,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "at most so many lines")
                    int limit) {
        PrintWriter out = spec.commandLine().getOut();
        Set<Outcome> wanted = outcomes == null ? Set.of() : outcomes;
        List<WebhookDelivery> found = with(database, open -> owner(open, user).flatMap(owner -> new WebhookLedger(open)
                .newest(new Filter(owner.orElse(null), wanted, null, Set.of()), limit)
                .collectList()));
        out.printf(ROW, "EVENT", "TYPE", "OUTCOME", "TRIES", "HAPPENED", "FOR", "WHY");
        found.forEach(each -> print(out, each));
        out.flush();
        return 0;
    }

    /** Puts deliveries back into the outbox; a running API sends them. */
    @Command(
            name = "redeliver",
            description = "Tell users' servers once more, under the same event ids; without an event, everything that"
                    + " failed or was blocked.",
            mixinStandardHelpOptions = true)
    int redeliver(
            @Mixin DatabaseOption database,
            @Parameters(paramLabel = "EVENT", description = "only these, whatever became of them", arity = "0..*")
                    @Nullable
                    Set<String> events,
            @Option(names = "--user", paramLabel = "EMAIL", description = "only this user's") @Nullable String user,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "only what happened since, as 2026-03-01T09:00:00Z")
                    @Nullable
                    Instant since,
            @Option(names = "--dry-run", description = "say how many it would be, and change nothing") boolean dryRun) {
        PrintWriter out = spec.commandLine().getOut();
        Set<String> chosen = events == null ? Set.of() : events;
        Set<Outcome> outcomes = chosen.isEmpty() ? WebhookLedger.UNTOLD : Set.of();
        long count = with(database, open -> owner(open, user).flatMap(owner -> {
            var ledger = new WebhookLedger(open);
            var filter = new Filter(owner.orElse(null), outcomes, since, chosen);
            return dryRun ? ledger.count(filter) : ledger.redeliver(filter);
        }));
        out.println(count + (dryRun ? " would be told once more" : " queued: a running API tells them within seconds"));
        out.flush();
        if (count < chosen.size()) {
            throw new IllegalArgumentException((chosen.size() - count) + " of " + chosen.size()
                    + " events are not in the ledger (expected: ids of `webhooks list`)");
        }
        return 0;
    }

    private static void print(PrintWriter out, WebhookDelivery delivery) {
        String error = delivery.lastError();
        out.printf(
                ROW,
                delivery.eventId(),
                delivery.eventType(),
                delivery.outcome().name().toLowerCase(Locale.ROOT),
                delivery.attempts(),
                delivery.createdAt().truncatedTo(ChronoUnit.SECONDS),
                delivery.user(),
                error == null ? "" : error);
    }

    private static Mono<Optional<Long>> owner(Database database, @Nullable String email) {
        return email == null
                ? Mono.just(Optional.empty())
                : new Accounts(database)
                        .byEmail(email)
                        .map(user -> Optional.of(user.id()))
                        .switchIfEmpty(Mono.error(() -> new IllegalArgumentException(
                                "user: " + email + " (expected: the e-mail address of an account)")));
    }

    private static <T> T with(DatabaseOption option, Function<Database, Mono<T>> work) {
        DatabaseUrl url = option.parsed();
        try (var database = new Database(url, 1)) {
            return work.apply(database).blockOptional(PATIENCE).orElseThrow();
        } catch (BadSqlGrammarException e) {
            throw new IllegalStateException(
                    "there is no Earshot in the database at " + url.place() + " (expected: one that ingress-api uses)",
                    e);
        } catch (DataAccessException e) {
            throw url.unusable(e);
        }
    }
}
