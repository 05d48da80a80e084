package dev.earshot.bench.faults;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.bench.Product;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;

/** The product with what one fault needs: what is to be killed runs twice, in processes of its own; the rest runs here. */
final class FaultStage implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(90);

    private final Product product;
    private final Fault fault;
    private final List<ChildService> children = new ArrayList<>();
    private final Path scratch;
    private int kills;

    private FaultStage(Product product, Fault fault, Path scratch) {
        this.product = product;
        this.fault = fault;
        this.scratch = scratch;
    }

    static FaultStage start(Fault fault, AsrConfig asr)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var stage = new FaultStage(Product.withoutServices(), fault, Files.createTempDirectory("earshot-bench-"));
        try {
            stage.launchAggregators();
            stage.launchWorkers(asr);
            return stage;
        } catch (Throwable e) {
            stage.close();
            throw e;
        }
    }

    private void launchAggregators() throws InterruptedException, ExecutionException, TimeoutException {
        if (fault != Fault.AGGREGATOR_KILL) {
            product.launchAggregator();
            return;
        }
        for (String name : List.of("aggregator-1", "aggregator-2")) {
            var settings = new HashMap<>(logSettings());
            settings.put("DATABASE_URL", product.databaseUrl());
            settings.put("REDIS_URL", product.stack().redisUrl());
            settings.put("AGGREGATOR_PORT", "0");
            settings.put("AGGREGATOR_STATE", scratch.resolve(name).toString());
            children.add(ChildService.start(ChildService.AGGREGATOR, name, settings));
        }
        awaitWhole();
    }

    private void launchWorkers(AsrConfig asr) throws InterruptedException, ExecutionException, TimeoutException {
        if (fault != Fault.WORKER_KILL) {
            product.launchWorker(asr);
            return;
        }
        for (String name : List.of("worker-1", "worker-2")) {
            var settings = new HashMap<>(logSettings());
            settings.put("ASR_PORT", "0");
            // Found already: whoever is started again looks for no model, least of all where there is no network.
            settings.put("MODEL", asr.model());
            children.add(ChildService.start(ChildService.WORKER, name, settings));
        }
        awaitWhole();
    }

    private Map<String, String> logSettings() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", product.stack().bootstrapServers(),
                "SCHEMA_REGISTRY_URL", product.stack().schemaRegistryUrl());
    }

    /** Waits until those that can be killed share the work. */
    void awaitWhole() throws InterruptedException, ExecutionException, TimeoutException {
        if (fault == Fault.WORKER_KILL) {
            awaitMembers(AsrWorkers.GROUP, children.size());
        } else if (fault == Fault.AGGREGATOR_KILL) {
            awaitMembers("segment-aggregator", children.size());
        }
    }

    private void awaitMembers(String group, int members)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, product.stack().bootstrapServers());
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        try (Admin admin = Admin.create(settings)) {
            while (!isShared(admin, group, members)) {
                children.forEach(ChildService::check);
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("group " + group + " had no " + members + " members within "
                            + START_PATIENCE.toSeconds() + " s; see .earshot/bench-*.log");
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static boolean isShared(Admin admin, String group, int members)
            throws InterruptedException, ExecutionException {
        ConsumerGroupDescription found;
        try {
            found = admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next();
        } catch (ExecutionException e) {
            // Nobody has joined it yet, or its coordinator is not there yet.
            if (e.getCause() instanceof org.apache.kafka.common.errors.ApiException) {
                return false;
            }
            throw e;
        }
        return found.groupState() == GroupState.STABLE
                && found.members().size() == members
                && found.members().stream()
                        .noneMatch(
                                member -> member.assignment().topicPartitions().isEmpty());
    }

    Product product() {
        return product;
    }

    /** Breaks it; of two, one after the other. */
    void strike() throws IOException, InterruptedException {
        switch (fault) {
            case NONE -> {}
            case WORKER_KILL, AGGREGATOR_KILL ->
                children.get(kills++ % children.size()).kill();
            case POSTGRES_DOWN -> product.stack().postgres().stop();
            case REDIS_FLUSH -> flushRedis();
            case BROKER_RESTART -> product.stack().restartKafka();
        }
    }

    /** Brings back what does not come back by itself. */
    void mend() {
        if (fault == Fault.POSTGRES_DOWN) {
            product.stack().postgres().start();
        }
        children.forEach(ChildService::startIfKilled);
    }

    private void flushRedis() throws IOException {
        URI redis = URI.create(product.stack().redisUrl());
        try (var socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
            if (!answer.equals("+OK")) {
                throw new IOException("Redis would not flush: " + answer);
            }
        }
    }

    @Override
    public void close() throws InterruptedException, IOException {
        try {
            for (ChildService child : children) {
                child.close();
            }
        } finally {
            product.close();
            try (var files = Files.walk(scratch)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
