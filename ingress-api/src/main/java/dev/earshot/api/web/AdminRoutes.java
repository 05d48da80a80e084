package dev.earshot.api.web;

import dev.earshot.api.domain.ApiKey;
import dev.earshot.api.domain.Fields;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.Scope;
import dev.earshot.api.domain.User;
import dev.earshot.api.domain.Violation;
import dev.earshot.api.postgres.Accounts;
import dev.earshot.api.postgres.Accounts.UserChange;
import dev.earshot.api.web.Views.NewTokenView;
import dev.earshot.api.web.Views.UserView;
import dev.earshot.api.web.Views.UserWithTokensView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/admin")
@Tag(name = "Administration")
final class AdminRoutes {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]+\\.[^\\s@]+|[^\\s@]{1,64}@localhost");
    private static final int MAX_EMAIL = 255;
    private static final int TEN_YEARS_S = 315_360_000;

    private final Accounts accounts;
    private final Clock clock;
    private final SecureRandom chance = new SecureRandom();

    AdminRoutes(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @PostMapping("/users")
    @Operation(summary = "Make an account, or find the one that has this address")
    @ApiResponse(responseCode = "200", description = "There was one")
    @ApiResponse(responseCode = "201", description = "Made")
    @RequestBody(content = @Content(schema = @Schema(implementation = UserBody.class)))
    Mono<ResponseEntity<UserView>> create(ServerWebExchange exchange) {
        return Inputs.body(exchange).flatMap(body -> {
            var fields = new Fields(body);
            String email = fields.string("email");
            if (email == null) {
                fields.reject(Violation.missing("body", "email"));
            } else if (email.length() > MAX_EMAIL || !EMAIL.matcher(email).matches()) {
                fields.reject(Violation.value("value is not a valid email address", email, "body", "email"));
            }
            UserChange details = change(fields);
            fields.check();
            return accounts.create(String.valueOf(email), details)
                    .map(user -> ResponseEntity.status(HttpStatus.CREATED).body(UserView.of(user)))
                    .switchIfEmpty(Mono.defer(() ->
                            accounts.byEmail(String.valueOf(email)).map(user -> ResponseEntity.ok(UserView.of(user)))));
        });
    }

    @GetMapping("/users")
    Flux<UserView> list(
            @RequestParam(required = false) @Nullable String skip,
            @RequestParam(required = false) @Nullable String limit) {
        return accounts.list(
                        Inputs.integer("skip", skip, 0, 0, Integer.MAX_VALUE),
                        Inputs.integer("limit", limit, 100, 1, 1000))
                .map(UserView::of);
    }

    @GetMapping("/users/email/{email}")
    Mono<UserView> byEmail(@PathVariable String email) {
        return accounts.byEmail(email).switchIfEmpty(noUser()).map(UserView::of);
    }

    @GetMapping("/users/{userId}")
    Mono<UserWithTokensView> byId(@PathVariable String userId) {
        return accounts.byId(Inputs.id("user_id", userId))
                .switchIfEmpty(noUser())
                .flatMap(user ->
                        accounts.tokens(user.id()).collectList().map(tokens -> UserWithTokensView.of(user, tokens)));
    }

    @PatchMapping("/users/{userId}")
    @RequestBody(content = @Content(schema = @Schema(implementation = UserBody.class)))
    Mono<UserView> change(@PathVariable String userId, ServerWebExchange exchange) {
        long id = Inputs.id("user_id", userId);
        return Inputs.body(exchange)
                .flatMap(body -> accounts.byId(id).switchIfEmpty(noUser()).flatMap(user -> {
                    var fields = new Fields(body);
                    String email = fields.string("email");
                    if (email != null && !email.equals(user.email())) {
                        return Mono.error(new RefusedException(400, "Cannot change user email via this endpoint."));
                    }
                    UserChange change = change(fields);
                    fields.check();
                    return accounts.change(id, change);
                }))
                .map(UserView::of);
    }

    @PostMapping("/users/{userId}/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make an API key; it is shown this once")
    Mono<NewTokenView> addToken(
            @PathVariable String userId,
            @RequestParam(required = false) @Nullable String scope,
            @RequestParam(required = false) @Nullable String scopes,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(name = "expires_in", required = false) @Nullable String expiresIn) {
        long id = Inputs.id("user_id", userId);
        List<Scope> wanted = scopes(scopes == null ? scope : scopes);
        int seconds = Inputs.integer("expires_in", expiresIn, 0, 1, TEN_YEARS_S);
        Instant expiry = seconds == 0 ? null : Instant.now(clock).plusSeconds(seconds);
        String key = ApiKey.random(wanted.get(0), chance);
        List<String> words = wanted.stream().map(Scope::wire).toList();
        return accounts.byId(id)
                .switchIfEmpty(noUser())
                .flatMap(user -> accounts.addToken(id, ApiKey.hash(key), words, name, expiry))
                .map(row -> NewTokenView.of(row, key));
    }

    @DeleteMapping("/tokens/{tokenId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> deleteToken(@PathVariable String tokenId) {
        return accounts.deleteToken(Inputs.id("token_id", tokenId))
                .flatMap(deleted -> deleted ? Mono.empty() : Mono.error(RefusedException.notFound("Token not found")));
    }

    private static List<Scope> scopes(@Nullable String csv) {
        if (csv == null || csv.isBlank()) {
            return List.of(Scope.BOT);
        }
        List<String> words = Arrays.stream(csv.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        List<String> unknown =
                words.stream().filter(word -> Scope.of(word).isEmpty()).toList();
        if (!unknown.isEmpty() || words.isEmpty()) {
            throw new RefusedException(422, "Invalid scope(s): " + String.join(", ", unknown));
        }
        return words.stream().flatMap(word -> Scope.of(word).stream()).toList();
    }

    private static UserChange change(Fields fields) {
        Map<String, Object> data = fields.object("data");
        return new UserChange(
                fields.string("name"),
                fields.string("image_url"),
                fields.integer("max_concurrent_bots", 0, 100_000),
                data);
    }

    private static Mono<User> noUser() {
        return Mono.error(() -> RefusedException.notFound("User not found"));
    }

    /** The body of the two routes that write users, for the description of the API. */
    record UserBody(
            String email,
            @Nullable String name,
            @Nullable String imageUrl,
            @Nullable Integer maxConcurrentBots,
            @Nullable Map<String, Object> data) {}
}
