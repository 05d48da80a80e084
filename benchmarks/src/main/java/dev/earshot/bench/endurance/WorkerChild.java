package dev.earshot.bench.endurance;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.bench.WorkerStage;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.schema.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * A worker in a process of its own, whose memory is that of the worker and of nothing else. Each line that it reads is a
 * question how much that is; ends when nobody is left to ask.
 */
public final class WorkerChild implements AsrEvents {

    private final LongAdder decodedMs = new LongAdder();

    private WorkerChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        AsrConfig asr = WorkerStage.settings();
        var child = new WorkerChild();
        try (EventLog log = EventLog.open(
                        EventLogConfig.of(
                                System.getenv("KAFKA_BOOTSTRAP_SERVERS"),
                                System.getenv("SCHEMA_REGISTRY_URL"),
                                "bench"),
                        Topics.defaults());
                AsrWorkers worker = AsrWorkers.launch(asr, log, child)) {
            var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (questions.readLine() != null) {
                System.out.println(child.memory(worker).line());
            }
        }
        System.exit(0);
    }

    private Memory memory(AsrWorkers worker) throws IOException {
        System.gc();
        return new Memory(
                residentBytes(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                directBytes(),
                worker.load().tracks(),
                worker.load().lag().toMillis(),
                decodedMs.sum(),
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime());
    }

    /** As Linux tells it; 0 elsewhere. */
    private static long residentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Override
    public void batchDecoded(int windows, double seconds, Duration took) {
        decodedMs.add(Math.round(seconds * 1000));
    }
}
