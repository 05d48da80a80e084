package dev.earshot.api.app;

import dev.earshot.api.IngressApiConfig;
import dev.earshot.api.feed.FrameEncoder;
import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.feed.LiveFeedConfig;
import dev.earshot.api.meeting.Bots;
import dev.earshot.api.meeting.Destinations;
import dev.earshot.api.meeting.MeetingStatusProjection;
import dev.earshot.api.meeting.Sweeper;
import dev.earshot.api.postgres.Accounts;
import dev.earshot.api.postgres.Database;
import dev.earshot.api.postgres.DatabaseUrl;
import dev.earshot.api.postgres.Housekeeping;
import dev.earshot.api.postgres.IdempotentRequests;
import dev.earshot.api.postgres.MeetingRemoval;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.postgres.PostgresTranscripts;
import dev.earshot.api.postgres.ShareLinks;
import dev.earshot.api.postgres.WebhookLedger;
import dev.earshot.api.postgres.WebhookOutbox;
import dev.earshot.api.redis.RedisLiveTracks;
import dev.earshot.api.web.StreamTokens;
import dev.earshot.api.web.WebConfiguration;
import dev.earshot.api.webhook.PublicTargets;
import dev.earshot.api.webhook.WebhookDispatcher;
import dev.earshot.api.webhook.WebhookSender;
import dev.earshot.api.wire.MeetingLog;
import dev.earshot.eventlog.EventLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.webflux.core.configuration.MultipleOpenApiSupportConfiguration;
import org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration;
import org.springdoc.webflux.ui.SwaggerConfig;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.scheduler.Schedulers;

/** Everything the API is made of, named one by one: nothing is searched for on the class path. */
@Configuration(proxyBeanMethods = false)
@Import({WebConfiguration.class, ApiDescription.class})
@ImportAutoConfiguration({
    CodecsAutoConfiguration.class,
    WebFluxAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocWebFluxConfiguration.class,
    MultipleOpenApiSupportConfiguration.class,
    SwaggerConfig.class,
    SwaggerUiConfigProperties.class,
    SwaggerUiOAuthProperties.class
})
class ApiConfiguration {

    /** Enough for a few hundred requests at once; Postgres' own default limit is 100 for all who use it. */
    private static final int MAX_CONNECTIONS = 16;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    WebConfiguration.Settings settings(IngressApiConfig config) {
        return new WebConfiguration.Settings(config.adminToken(), config.rules(), new AtomicInteger());
    }

    @Bean
    StreamTokens streamTokens(IngressApiConfig config) {
        return new StreamTokens(config.adminToken());
    }

    @Bean
    Database database(IngressApiConfig config) {
        return new Database(DatabaseUrl.parse(config.databaseUrl()), MAX_CONNECTIONS);
    }

    @Bean
    Accounts accounts(Database database) {
        return new Accounts(database);
    }

    @Bean
    WebhookOutbox webhookOutbox(Database database) {
        return new WebhookOutbox(database);
    }

    @Bean
    WebhookLedger webhookLedger(Database database) {
        return new WebhookLedger(database);
    }

    @Bean
    Meetings meetings(Database database, WebhookOutbox outbox) {
        return new Meetings(database, outbox);
    }

    @Bean
    PublicTargets webhookTargets(IngressApiConfig config) {
        return new PublicTargets(config.rules().privateWebhooks(), PublicTargets.SYSTEM_LOOKUP);
    }

    @Bean
    WebhookDispatcher webhookDispatcher(WebhookOutbox outbox, PublicTargets targets, Clock clock) {
        return new WebhookDispatcher(outbox, new WebhookSender(targets, clock), clock);
    }

    @Bean
    MeetingRemoval meetingRemoval(Database database, Meetings meetings, MeetingLog meetingLog) {
        return new MeetingRemoval(database, meetings, meetingLog::erase);
    }

    @Bean
    ShareLinks shareLinks(Database database) {
        return new ShareLinks(database);
    }

    @Bean
    IdempotentRequests idempotentRequests(Database database) {
        return new IdempotentRequests(database);
    }

    @Bean
    PostgresTranscripts transcripts(Database database) {
        return new PostgresTranscripts(database);
    }

    @Bean
    RedisLiveTracks liveTracks(IngressApiConfig config) {
        return new RedisLiveTracks(config.redisUrl(), MeetingLog::decode);
    }

    @Bean
    MeetingLog meetingLog(EventLog eventLog) {
        return new MeetingLog(eventLog);
    }

    @Bean
    Bots bots(Meetings meetings, MeetingLog meetingLog, IngressApiConfig config, Clock clock) {
        var servers = new PublicTargets(config.rules().privateMeetings(), PublicTargets.SYSTEM_LOOKUP);
        return new Bots(meetings, meetingLog, new Destinations(servers), clock);
    }

    @Bean
    MeetingStatusProjection projection(MeetingLog meetingLog, Meetings meetings) {
        return new MeetingStatusProjection(meetingLog, meetings);
    }

    @Bean
    Sweeper sweeper(Meetings meetings, Bots bots, MeetingLog meetingLog, IngressApiConfig config, Clock clock) {
        return new Sweeper(meetings, bots, meetingLog, config.rules(), clock);
    }

    @Bean
    Housekeeping housekeeping(
            WebhookOutbox outbox, ShareLinks links, IdempotentRequests requests, MeetingRemoval removal, Clock clock) {
        return new Housekeeping(outbox, links, requests, removal, clock);
    }

    @Bean
    LiveFeed liveFeed(
            PostgresTranscripts transcripts, RedisLiveTracks liveTracks, Clock clock, PrometheusMeterRegistry metrics) {
        var feed = new LiveFeed(
                transcripts, liveTracks, new FrameEncoder(clock), LiveFeedConfig.DEFAULTS, Schedulers.parallel());
        Gauge.builder("feed.viewers", feed, LiveFeed::viewers)
                .description("live feeds that are open on this node")
                .register(metrics);
        return feed;
    }
}
