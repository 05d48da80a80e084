package dev.earshot.bench.sink;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.schema.Topics;
import dev.earshot.segment.SegmentAggregator;
import dev.earshot.segment.SegmentAggregatorConfig;
import dev.earshot.segment.app.SegmentAggregatorCommand;
import dev.earshot.segment.domain.Output;
import dev.earshot.segment.port.AggregatorEvents;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;

/**
 * The aggregator in a process of its own, whose processor time is that of aggregator and sinks and of nothing else. Told by
 * lines what to do: {@code launch}, {@code bare} for what Kafka alone costs, {@code close}, {@code count}; ends when nobody is
 * left to tell it anything.
 */
public final class AggregatorChild implements AggregatorEvents, BarePassThrough.Progress {

    private final AtomicLong firstDecision = new AtomicLong();
    private final AtomicLong lastWrite = new AtomicLong();
    private final AtomicLong segments = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong written = new AtomicLong();

    private AggregatorChild() {}

    public static void main(String[] arguments) throws Exception {
        var command = new SegmentAggregatorCommand();
        new CommandLine(command).parseArgs();
        var child = new AggregatorChild();
        try (EventLog log = EventLog.open(
                EventLogConfig.of(
                        System.getenv("KAFKA_BOOTSTRAP_SERVERS"), System.getenv("SCHEMA_REGISTRY_URL"), "bench"),
                Topics.defaults())) {
            child.obey(command.toConfig(), log);
        }
        System.exit(0);
    }

    private void obey(SegmentAggregatorConfig config, EventLog log) throws Exception {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        AutoCloseable running = null;
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.equals("launch")) {
                firstDecision.set(0);
                running = SegmentAggregator.launch(config, log, this);
            } else if (order.equals("bare")) {
                running = BarePassThrough.launch(log, config.stream().stateDir().resolveSibling("bare-state"), this);
            } else if (order.equals("close") && running != null) {
                running.close();
                running = null;
            }
            System.out.println(counts().line());
        }
        if (running != null) {
            running.close();
        }
    }

    private Counts counts() {
        long cpu = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
        return new Counts(
                cpu,
                TimeUnit.MILLISECONDS.toNanos(
                        ManagementFactory.getCompilationMXBean().getTotalCompilationTime()),
                Math.max(0, lastWrite.get() - firstDecision.get()),
                segments.get(),
                rows.get(),
                statements.get(),
                written.get());
    }

    @Override
    public void decided(Output output) {
        firstDecision.compareAndSet(0, System.nanoTime());
        if (output instanceof Output.Entry) {
            segments.incrementAndGet();
        }
    }

    @Override
    public void written(Sink sink, int records, Duration sinceOldestDecided) {
        lastWrite.set(System.nanoTime());
        if (sink == Sink.POSTGRES) {
            statements.incrementAndGet();
            rows.addAndGet(records);
        } else {
            written.addAndGet(records);
        }
    }

    @Override
    public void passed() {
        segments.incrementAndGet();
    }

    @Override
    public void liveRead(int records) {
        written.addAndGet(records);
    }

    @Override
    public void segmentsRead(int records) {
        rows.addAndGet(records);
    }
}
