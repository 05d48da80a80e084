package dev.earshot.api.web;

import dev.earshot.api.ApiRules;
import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.meeting.Bots;
import dev.earshot.api.postgres.Accounts;
import dev.earshot.api.postgres.Database;
import dev.earshot.api.postgres.IdempotentRequests;
import dev.earshot.api.postgres.MeetingRemoval;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.postgres.PostgresTranscripts;
import dev.earshot.api.postgres.ShareLinks;
import dev.earshot.api.postgres.WebhookLedger;
import dev.earshot.api.redis.RedisLiveTracks;
import dev.earshot.api.webhook.PublicTargets;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The routes and what stands before them. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration implements WebFluxConfigurer {

    /** What the routes are told about the deployment. */
    public record Settings(String adminToken, ApiRules rules, AtomicInteger adminPort) {}

    @Bean
    JsonMapper jsonMapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
    }

    @Bean
    ApiSchemas apiSchemas() {
        return new ApiSchemas();
    }

    @Bean
    ErrorAnswers errorAnswers() {
        return new ErrorAnswers();
    }

    @Bean
    @Order(0)
    SecurityHeaders securityHeaders() {
        return new SecurityHeaders();
    }

    @Bean
    @Order(1)
    CorsWebFilter cors(Settings settings) {
        var anybody = new CorsConfiguration();
        anybody.setAllowedOrigins(List.of("*"));
        anybody.setAllowedMethods(List.of("*"));
        anybody.setAllowedHeaders(List.of("*"));
        anybody.setExposedHeaders(List.of(
                "X-RateLimit-Limit", "X-RateLimit-Remaining", "Retry-After", IdempotencyKeys.REPLAYED, "Location"));
        // Nobody's pages have business with administration: the operator's browser may reach its port.
        return new CorsWebFilter(
                exchange -> Gate.isForOperators(exchange, settings.adminPort().get()) ? null : anybody);
    }

    @Bean
    @Order(2)
    AdminAliases adminAliases() {
        return new AdminAliases();
    }

    @Bean
    @Order(3)
    Gate gate(Accounts accounts, Settings settings) {
        return new Gate(accounts, settings.adminToken(), settings.adminPort()::get, new Guesses(settings.rules()));
    }

    @Bean
    @Order(4)
    RateLimits rateLimits(Settings settings) {
        return new RateLimits(settings.rules());
    }

    @Bean
    @Order(5)
    IdempotencyKeys idempotencyKeys(IdempotentRequests requests, ErrorAnswers errors, Settings settings) {
        return new IdempotencyKeys(requests, errors, settings.adminToken());
    }

    @Bean
    @Order(6)
    DescriptionOffLoop descriptionOffLoop() {
        return new DescriptionOffLoop();
    }

    @Bean
    AdminRoutes adminRoutes(Accounts accounts, Clock clock) {
        return new AdminRoutes(accounts, clock);
    }

    @Bean
    BotRoutes botRoutes(Bots bots, Meetings meetings, PostgresTranscripts transcripts, Settings settings) {
        return new BotRoutes(bots, meetings, transcripts, settings.rules().demoPlatform());
    }

    @Bean
    MeetingRoutes meetingRoutes(
            Meetings meetings,
            MeetingRemoval removal,
            RedisLiveTracks live,
            LiveFeed feed,
            StreamTokens tokens,
            Clock clock) {
        return new MeetingRoutes(meetings, removal, live, feed, tokens, clock);
    }

    @Bean
    TokenHolders tokenHolders(StreamTokens tokens, Meetings meetings, Clock clock) {
        return new TokenHolders(tokens, meetings, clock);
    }

    @Bean
    TranscriptRoutes transcriptRoutes(
            Meetings meetings, PostgresTranscripts transcripts, LiveFeed feed, TokenHolders tokens) {
        return new TranscriptRoutes(meetings, transcripts, feed, tokens);
    }

    @Bean
    ShareRoutes shareRoutes(Meetings meetings, PostgresTranscripts transcripts, ShareLinks links, Clock clock) {
        return new ShareRoutes(meetings, transcripts, links, clock);
    }

    @Bean
    WebhookRoutes webhookRoutes(Accounts accounts, WebhookLedger ledger, PublicTargets targets) {
        return new WebhookRoutes(accounts, ledger, targets);
    }

    @Bean
    RecordingRoutes recordingRoutes() {
        return new RecordingRoutes();
    }

    @Bean
    AbsentRoutes absentRoutes() {
        return new AbsentRoutes();
    }

    @Bean
    FeedRoutes feedRoutes(LiveFeed feed, Meetings meetings, StreamTokens tokens, TokenHolders holders, Clock clock) {
        return new FeedRoutes(feed, meetings, tokens, holders, clock);
    }

    @Bean
    PageRoutes pageRoutes(Database database, RedisLiveTracks redis, LiveFeed feed) {
        return new PageRoutes(database, redis, feed);
    }

    @Bean
    HandlerMapping liveSocket(Accounts accounts, Meetings meetings, LiveFeed feed, StreamTokens tokens, Clock clock) {
        return new SimpleUrlHandlerMapping(Map.of("/ws", new LiveSocket(accounts, meetings, feed, tokens, clock)), -1);
    }

    @Bean
    MetricsRoutes metricsRoutes(PrometheusMeterRegistry metrics) {
        return new MetricsRoutes(metrics);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/page/**")
                .addResourceLocations("classpath:/static/page/")
                .setCacheControl(CacheControl.noCache());
    }
}
