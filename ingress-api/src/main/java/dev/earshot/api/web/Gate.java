package dev.earshot.api.web;

import dev.earshot.api.domain.ApiKey;
import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.InvalidRequestException;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.Violation;
import dev.earshot.api.postgres.Accounts;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a request through to what its key is good for. API routes need {@code X-API-Key} with a fitting scope, routes under
 * {@code /admin} need {@code X-Admin-API-Key}. A live feed, or its text as a file, opens with a stream token as well as a key.
 */
final class Gate implements WebFilter {

    /** Attribute of a request: the {@link Caller}, where a key came with it. */
    static final String CALLER = "caller";

    /** Attribute of a request: hash of the key that it was let through with; {@link #ADMIN} for the administrator's. */
    static final String KEY = "key";

    static final String ADMIN = "admin";

    private static final Set<String> KEYED = Set.of(
            "bots",
            "meetings",
            "transcripts",
            "user",
            "auth",
            "recordings",
            "recording-config",
            "b",
            "calendar",
            "mcp",
            "api");
    private static final Pattern FOR_TOKENS =
            Pattern.compile("/meetings/[^/]+/events|/transcripts/[^/]+/[^/]+/(stream|export)");
    private static final Set<String> OPERATORS = Set.of("admin", "users", "tokens", "metrics");
    private static final Set<String> ON_ADMIN_PORT = Set.of("", "admin", "health", "metrics");

    /**
     * How an area may be written. Routes are matched after decoding, and without what follows a semicolon: to them {@code
     * %61dmin} and {@code admin;x=y} are administration, so here they must not pass for something else.
     */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]*");

    private final Accounts accounts;
    private final String adminToken;
    private final AdminPort adminPort;
    private final Guesses guesses;

    /** Which port serves administration alone; known once it is open. */
    interface AdminPort {
        int number();
    }

    Gate(Accounts accounts, String adminToken, AdminPort adminPort, Guesses guesses) {
        this.accounts = accounts;
        this.adminToken = adminToken;
        this.adminPort = adminPort;
        this.guesses = guesses;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        String area = area(path);
        if (!isWrittenPlainly(path)) {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        }
        if (holdsNul(exchange)) {
            return Mono.error(new InvalidRequestException(
                    Violation.value("an address must not hold the character NUL", path, "path")));
        }
        if (isOn(exchange, adminPort.number()) ? !ON_ADMIN_PORT.contains(area) : area.equals("metrics")) {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        }
        if (area.equals("admin")) {
            return admin(exchange, chain);
        }
        if (!KEYED.contains(area)) {
            return chain.filter(exchange);
        }
        String key = exchange.getRequest().getHeaders().getFirst("X-API-Key");
        if (key == null || key.isBlank()) {
            boolean byToken = FOR_TOKENS.matcher(path).matches()
                    && exchange.getRequest().getQueryParams().getFirst("token") != null;
            return byToken ? chain.filter(exchange) : Mono.error(new RefusedException(401, "Missing API key"));
        }
        return accounts.caller(ApiKey.hash(key))
                .switchIfEmpty(Mono.error(() -> new RefusedException(401, "Invalid API key")))
                .flatMap(caller -> {
                    if (!caller.mayUse(path)) {
                        return Mono.error(new RefusedException(403, "Insufficient scope for this endpoint"));
                    }
                    exchange.getAttributes().put(CALLER, caller);
                    exchange.getAttributes().put(KEY, ApiKey.hash(key));
                    return chain.filter(exchange);
                });
    }

    private Mono<Void> admin(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        String named = headers.getFirst("X-Admin-API-Key");
        String given = named == null ? headers.getFirst("X-Admin-Token") : named;
        String from = address(exchange.getRequest());
        guesses.check(from);
        if (given == null || !ApiKey.same(adminToken, given)) {
            guesses.wrong(from);
            return Mono.error(new RefusedException(403, "Invalid or missing admin token."));
        }
        exchange.getAttributes().put(KEY, ADMIN);
        return chain.filter(exchange);
    }

    /** Where a request comes from, as far as we see: behind a proxy all come from there. */
    static String address(ServerHttpRequest request) {
        InetSocketAddress from = request.getRemoteAddress();
        return from == null ? "nowhere" : from.getHostString();
    }

    /** Whether only those who run the deployment have business there. */
    static boolean isForOperators(ServerWebExchange exchange, int adminPort) {
        return OPERATORS.contains(area(exchange.getRequest().getPath().value())) || isOn(exchange, adminPort);
    }

    private static boolean isOn(ServerWebExchange exchange, int port) {
        InetSocketAddress local = exchange.getRequest().getLocalAddress();
        return local != null && local.getPort() == port;
    }

    /** Whether the area of a path is written as the gate and the routes both read it. */
    static boolean isWrittenPlainly(String path) {
        return PLAIN.matcher(area(path)).matches();
    }

    /** No column of Postgres can hold that character, so nothing has a name with it. */
    private static boolean holdsNul(ServerWebExchange exchange) {
        return exchange.getRequest().getURI().getRawSchemeSpecificPart().contains("%00");
    }

    static String area(String path) {
        String[] parts = path.split("/", 3);
        return parts.length < 2 ? "" : parts[1];
    }
}
