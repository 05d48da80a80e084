package dev.earshot.api.app;

import dev.earshot.api.IngressApiConfig;
import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.meeting.MeetingStatusProjection;
import dev.earshot.api.meeting.Sweeper;
import dev.earshot.api.postgres.DatabaseUrl;
import dev.earshot.api.postgres.Housekeeping;
import dev.earshot.api.postgres.Migrations;
import dev.earshot.api.web.WebConfiguration;
import dev.earshot.api.webhook.WebhookDispatcher;
import dev.earshot.api.wire.MeetingLog;
import dev.earshot.eventlog.EventLog;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** Starts the API's Spring context, then what it follows, then its two ports; ends them the other way round. */
public final class ApiServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final ConfigurableApplicationContext context;
    private final LoopResources loops;
    private final DisposableServer publicServer;
    private final DisposableServer adminServer;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ApiServer(
            ConfigurableApplicationContext context,
            LoopResources loops,
            DisposableServer publicServer,
            DisposableServer adminServer) {
        this.context = context;
        this.loops = loops;
        this.publicServer = publicServer;
        this.adminServer = adminServer;
    }

    /** Blocking. Throws {@link IllegalStateException} with a sentence for people. */
    public static ApiServer start(IngressApiConfig config, EventLog eventLog, PrometheusMeterRegistry meters) {
        DatabaseUrl database = DatabaseUrl.parse(config.databaseUrl());
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        // Each takes about a second, and neither needs the other.
        CompletableFuture<Void> migrations = CompletableFuture.runAsync(() -> Migrations.run(database));
        ConfigurableApplicationContext context = context(config, eventLog, meters);
        // Threads of its own: those that reactor-netty shares end with whoever closes them first.
        LoopResources loops = LoopResources.create("ingress-api");
        DisposableServer publicServer = null;
        try {
            migrations.join();
            follow(context);
            var handler = new ReactorHttpHandlerAdapter(context.getBean(HttpHandler.class));
            publicServer = open(loops, config.host(), config.port(), "API_PORT", handler);
            DisposableServer adminServer = open(loops, config.host(), config.adminPort(), "ADMIN_PORT", handler);
            context.getBean(WebConfiguration.Settings.class).adminPort().set(adminServer.port());
            log.info(
                    "ingress_api_started host={} port={} admin_port={}",
                    config.host(),
                    publicServer.port(),
                    adminServer.port());
            return new ApiServer(context, loops, publicServer, adminServer);
        } catch (RuntimeException e) {
            if (publicServer != null) {
                publicServer.disposeNow(GOODBYE);
            }
            context.close();
            loops.dispose();
            throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static ConfigurableApplicationContext context(
            IngressApiConfig config, EventLog eventLog, PrometheusMeterRegistry meters) {
        var application = new SpringApplication(ApiConfiguration.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        // Without Boot's own server: ours open two ports, and not before all else is ready.
        application.setApplicationContextFactory(type -> new AnnotationConfigReactiveWebApplicationContext());
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setLazyInitialization(true);
        // Logging belongs to the process that we run in.
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        application.addInitializers(fresh -> {
            fresh.getEnvironment().getPropertySources().addFirst(new MapPropertySource("ingress-api", properties()));
            fresh.getBeanFactory().registerSingleton("config", config);
            fresh.getBeanFactory().registerSingleton("eventLog", eventLog);
            fresh.getBeanFactory().registerSingleton("meters", meters);
        });
        return application.run();
    }

    private static Map<String, Object> properties() {
        return Map.of(
                "springdoc.api-docs.path", "/openapi.json",
                "springdoc.swagger-ui.path", "/docs",
                "springdoc.api-docs.version", "openapi_3_1",
                "springdoc.api-docs.enabled", "true",
                "springdoc.default-produces-media-type", "application/json",
                "springdoc.swagger-ui.enabled", "true",
                "spring.web.resources.add-mappings", "false");
    }

    private static void follow(ConfigurableApplicationContext context) {
        MeetingLog meetingLog = context.getBean(MeetingLog.class);
        context.getBean(LiveFeed.class).start(meetingLog.entries(), meetingLog.liveTracks(), meetingLog.answers());
        context.getBean(MeetingStatusProjection.class).start();
        context.getBean(Sweeper.class).start();
        context.getBean(WebhookDispatcher.class).start();
        context.getBean(Housekeeping.class).start();
    }

    private static DisposableServer open(
            LoopResources loops, String host, int port, String setting, ReactorHttpHandlerAdapter handler) {
        try {
            return HttpServer.create()
                    .runOn(loops)
                    .host(host)
                    .port(port)
                    .handle(handler)
                    .bindNow();
        } catch (ChannelBindException e) {
            throw new IllegalStateException(
                    "port " + port + " on " + host + " cannot be opened (" + e.getMessage()
                            + "); end what uses it, or choose another with " + setting,
                    e);
        }
    }

    public int port() {
        return publicServer.port();
    }

    public int adminPort() {
        return adminServer.port();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        context.getBean(LiveFeed.class).close();
        publicServer.disposeNow(GOODBYE);
        adminServer.disposeNow(GOODBYE);
        context.close();
        loops.dispose();
        log.info("ingress_api_stopped");
    }
}
