package dev.earshot.localstack;

import dev.earshot.localstack.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka, PostgreSQL, Redis and a schema registry, running on 127.0.0.1 until closed.
 *
 * <p>Thread-safe. An address method throws {@link IllegalStateException} when that part was not started.
 */
public final class LocalStack implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalStack.class);

    private static final Object SHARED_LOCK = new Object();
    private static @Nullable LocalStack shared;

    private final LocalStackConfig config;
    private final StackDirectory directory;
    private final Map<String, Duration> startTimes = new ConcurrentSkipListMap<>();
    private final @Nullable KafkaBroker kafka;
    private final @Nullable PostgresServer postgres;
    private final @Nullable RedisServer redis;
    private final int registryPort;
    private volatile @Nullable SchemaRegistry registry;
    private boolean closed;

    private LocalStack(LocalStackConfig config, StackDirectory directory, Ports ports, BinaryCache cache) {
        Path dir = directory.path();
        this.config = config;
        this.directory = directory;
        this.kafka = config.kafka() ? new KafkaBroker(dir.resolve("kafka"), ports.kafka(), config.keepData()) : null;
        this.postgres = config.postgres()
                ? new PostgresServer(dir.resolve("postgres"), ports.postgres(), config.keepData(), cache)
                : null;
        this.redis = config.redis()
                ? new RedisServer(dir.resolve("redis"), ports.redis(), () -> RedisServer.programs(cache))
                : null;
        this.registryPort = ports.registry();
    }

    /**
     * Starts the configured servers side by side and returns when all of them take requests.
     *
     * @throws LocalStackException with one sentence when a server cannot start; nothing is left running then
     */
    public static LocalStack start(LocalStackConfig config) {
        BinaryCache cache = BinaryCache.ofUser();
        StackDirectory directory = StackDirectory.open(config.dataDir(), config.keepData(), cache);
        try {
            LocalStack stack = new LocalStack(config, directory, LoopbackPorts.settle(config), cache);
            closingOnInterrupt(stack, stack::startAll);
            return stack;
        } catch (LocalStackException e) {
            directory.close();
            throw e;
        }
    }

    /** One throwaway stack for all tests of this JVM: started by the first call, ended with the JVM. */
    public static LocalStack shared() {
        synchronized (SHARED_LOCK) {
            LocalStack stack = shared;
            if (stack == null) {
                stack = start(LocalStackConfig.ephemeral());
                Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "local-stack-close"));
                shared = stack;
            }
            return stack;
        }
    }

    /** {@code host:port} of the embedded broker. */
    public String bootstrapServers() {
        return require(kafka, "kafka").bootstrapServers();
    }

    /** {@code postgresql://user:password@127.0.0.1:port/database}. */
    public String databaseUrl() {
        return require(postgres, "postgres").url();
    }

    /** {@code redis://127.0.0.1:port/0}. */
    public String redisUrl() {
        return require(redis, "redis").url();
    }

    /** {@code http://127.0.0.1:port}. */
    public String schemaRegistryUrl() {
        return require(registry, "registry").url();
    }

    /**
     * A folder for temporary files of processes that use this stack and may be killed: libraries and profiles that a killed
     * process leaves behind go with the stack's data.
     */
    public Path temporaryDir() {
        try {
            return Files.createDirectories(directory.path().resolve("tmp"));
        } catch (IOException e) {
            throw new LocalStackException("no folder for temporary files can be made in " + directory.path(), e);
        }
    }

    /** How long each part took to start, by name: {@code kafka}, {@code postgres}, {@code redis}, {@code registry}. */
    public Map<String, Duration> startTimes() {
        return Map.copyOf(startTimes);
    }

    /** Lets a test stop, kill and restart PostgreSQL. */
    public PostgresServer postgres() {
        return require(postgres, "postgres");
    }

    /** Lets a test stop, kill and restart Redis. */
    public RedisServer redis() {
        return require(redis, "redis");
    }

    /** Takes the broker away; clients see refused connections until {@link #startKafka()}. */
    public synchronized void stopKafka() {
        require(kafka, "kafka").stop();
    }

    /** Brings the broker back on the same port with the same data. */
    public synchronized void startKafka() {
        require(kafka, "kafka").start();
    }

    /** {@link #stopKafka()} and {@link #startKafka()}. */
    public synchronized void restartKafka() {
        require(kafka, "kafka").restart();
    }

    /** Ends every server, the registry first, and deletes the data unless it is kept. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<Runnable> steps = new ArrayList<>();
        SchemaRegistry runningRegistry = registry;
        KafkaBroker runningKafka = kafka;
        steps.add(() -> {
            if (runningRegistry != null) {
                runningRegistry.close();
            }
            if (runningKafka != null) {
                runningKafka.stop();
            }
        });
        if (postgres != null) {
            steps.add(postgres::stop);
        }
        if (redis != null) {
            steps.add(redis::stop);
        }
        List<CompletableFuture<Void>> running =
                steps.stream().map(step -> inThread("close", step)).toList();
        for (CompletableFuture<Void> step : running) {
            try {
                step.join();
            } catch (CompletionException e) {
                log.warn("a server did not end cleanly reason={}", String.valueOf(e.getCause()));
            }
        }
        directory.close();
        log.info("local stack ended dir={}", directory.path());
    }

    /** Ctrl-C while starting must end what has started, and the caller has nothing to close yet. */
    private static void closingOnInterrupt(LocalStack stack, Runnable start) {
        Thread hook = new Thread(stack::close, "local-stack-close");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            start.run();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                log.debug("ended while starting dir={}", stack.directory.path());
            }
        }
    }

    private void startAll() {
        List<CompletableFuture<Void>> starting = new ArrayList<>();
        starting.add(inThread("kafka", () -> {
            if (kafka != null) {
                timed("kafka", kafka::start);
            }
            if (config.registry()) {
                timed("registry", this::startRegistry);
            }
        }));
        if (postgres != null) {
            starting.add(inThread("postgres", () -> timed("postgres", postgres::start)));
        }
        if (redis != null) {
            starting.add(inThread("redis", () -> timed("redis", redis::start)));
        }
        LocalStackException failure = null;
        for (CompletableFuture<Void> part : starting) {
            try {
                part.join();
            } catch (CompletionException e) {
                failure = failure != null ? failure : asStackException(e);
            }
        }
        if (failure != null) {
            close();
            throw failure;
        }
        log.info("local stack running dir={} start_times={}", directory.path(), startTimes);
    }

    private void startRegistry() {
        String outside = config.externalBootstrapServers();
        String bootstrap = kafka != null ? kafka.bootstrapServers() : String.valueOf(outside);
        try {
            registry = SchemaRegistry.start(bootstrap, registryPort);
        } catch (RuntimeException e) {
            throw new LocalStackException(
                    "the embedded schema registry could not start on port " + registryPort + " with Kafka at "
                            + bootstrap + ": " + e.getMessage(),
                    e);
        }
    }

    private void timed(String part, Runnable start) {
        long begin = System.nanoTime();
        start.run();
        startTimes.put(part, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static LocalStackException asStackException(CompletionException e) {
        return e.getCause() instanceof LocalStackException known
                ? known
                : new LocalStackException("the local stack could not start: " + e.getCause(), e.getCause());
    }

    /** A thread of its own: servers inherit nothing from a pool, and a pool never waits on a server. */
    private static CompletableFuture<Void> inThread(String name, Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task, "local-stack-" + name).start());
    }

    private static <T> T require(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException(name + " is not part of this local stack");
        }
        return part;
    }
}
