package dev.earshot.api.web;

import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.postgres.Database;
import dev.earshot.api.redis.RedisLiveTracks;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What can be had without a key: the welcome, the page, and whether we are well. */
@RestController
@Tag(name = "About")
final class PageRoutes {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Database database;
    private final RedisLiveTracks redis;
    private final LiveFeed feed;

    PageRoutes(Database database, RedisLiveTracks redis, LiveFeed feed) {
        this.database = database;
        this.redis = redis;
        this.feed = feed;
    }

    @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Where to go from here")
    Map<String, String> welcome() {
        var links = new LinkedHashMap<String, String>();
        links.put("message", "Welcome to Earshot");
        links.put("docs", "/docs");
        links.put("openapi", "/openapi.json");
        links.put("health", "/health");
        return links;
    }

    @Hidden
    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<Resource> page() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .body(new ClassPathResource("static/index.html"));
    }

    @GetMapping("/health")
    @ApiResponse(responseCode = "200", description = "We are")
    @ApiResponse(responseCode = "503", description = "We are not")
    @Operation(
            summary =
                    "Whether we are well; without Redis only the newest words suffer, without Kafka all that is new waits")
    Mono<ResponseEntity<Map<String, String>>> health() {
        return Mono.zip(state(database.check()), state(redis.check())).map(states -> {
            boolean up = states.getT1().equals("ok");
            boolean whole = states.getT2().equals("ok") && !feed.isStalled();
            String all = !up ? "down" : whole ? "ok" : "degraded";
            String kafka = feed.isStalled() ? "down" : "ok";
            return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                    .body(Map.of("status", all, "postgres", states.getT1(), "redis", states.getT2(), "kafka", kafka));
        });
    }

    private static Mono<String> state(Mono<Void> check) {
        return check.timeout(PATIENCE).thenReturn("ok").onErrorReturn("down");
    }
}
