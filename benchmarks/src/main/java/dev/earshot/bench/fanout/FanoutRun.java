package dev.earshot.bench.fanout;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.earshot.bench.ApiStage;
import dev.earshot.bench.ProgressBar;
import dev.earshot.standalone.client.ApiClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Measures one meeting with so many viewers, each a TCP connection of its own. */
public final class FanoutRun {

    private static final Duration WARM_UP = Duration.ofSeconds(10);

    /** What the servers and the API need besides the viewers. */
    private static final int OTHER_DESCRIPTORS = 1500;

    private final ApiStage stage;
    private final int viewers;
    private final double framesPerSecond;
    private final Duration length;

    public FanoutRun(ApiStage stage, int viewers, double framesPerSecond, Duration length) {
        this.stage = stage;
        this.viewers = viewers;
        this.framesPerSecond = framesPerSecond;
        this.length = length;
    }

    /** Says in a sentence why this machine cannot hold so many viewers; throws IllegalArgumentException with it. */
    public static void check(int viewers) throws IOException {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                && unix.getMaxFileDescriptorCount() < viewers + OTHER_DESCRIPTORS) {
            throw new IllegalArgumentException("--viewers " + viewers + " needs " + (viewers + OTHER_DESCRIPTORS)
                    + " open files, and the limit is " + unix.getMaxFileDescriptorCount()
                    + ": raise it with ulimit -n");
        }
        Path ports = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        if (Files.isReadable(ports)) {
            int usable = count(ports);
            if (usable < viewers) {
                throw new IllegalArgumentException(
                        "--viewers " + viewers + " needs as many ports on loopback, and there are " + usable
                                + ": widen net.ipv4.ip_local_port_range");
            }
        }
    }

    private static int count(Path ports) throws IOException {
        // In one piece: the kernel gives the file to its first read only.
        try (BufferedReader reader = Files.newBufferedReader(ports)) {
            String[] range = reader.readLine().strip().split("\\s+");
            return Integer.parseInt(range[1]) - Integer.parseInt(range[0]);
        }
    }

    /** Measures. Blocking. */
    public FanoutRow measure() throws IOException, InterruptedException {
        ApiClient user = stage.client(stage.key(1));
        long meetingId = user.post("/bots", Map.of("platform", "google_meet", "native_meeting_id", "fan-outs-all"))
                .path("id")
                .asLong();
        String token = user.post("/meetings/" + meetingId + "/stream-token", Map.of())
                .path("token")
                .asText();
        long opening = System.nanoTime();
        try (var process =
                ViewersProcess.open(stage.port(), "/meetings/" + meetingId + "/events?token=" + token, viewers)) {
            double openSeconds = (System.nanoTime() - opening) / 1e9;
            var talk = new MeetingTalk(stage.log(), meetingId);
            var bar = new ProgressBar(viewers + " viewers");
            speak(talk, WARM_UP, done -> bar.show(done, WARM_UP.plus(length), "warming up"));
            process.countFrom(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
            Duration serverBefore = processorTime();
            Duration viewersBefore = process.processorTime();
            long start = System.nanoTime();
            speak(talk, length, done -> bar.show(done.plus(WARM_UP), WARM_UP.plus(length), "measuring"));
            double seconds = (System.nanoTime() - start) / 1e9;
            double serverCores = processorTime().minus(serverBefore).toNanos() / 1e9 / seconds;
            double viewerCores = process.processorTime().minus(viewersBefore).toNanos() / 1e9 / seconds;
            bar.end();
            return new FanoutRow(viewers, process.end(talk.seq()), seconds, openSeconds, serverCores, viewerCores);
        }
    }

    private interface Progress {
        void show(Duration done);
    }

    private void speak(MeetingTalk talk, Duration forSoLong, Progress progress) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + forSoLong.toNanos();
        for (long step = 0; ; step++) {
            long due = start + (long) (step * 1e9 / framesPerSecond);
            if (due >= end) {
                return;
            }
            long wait = due - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(Duration.ofNanos(wait).toMillis());
            }
            talk.step();
            progress.show(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
