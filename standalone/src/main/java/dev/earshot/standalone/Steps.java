package dev.earshot.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When each step on the way to the first words was done, counted from the start of the process. Thread-safe. */
final class Steps {

    private static final Logger log = LoggerFactory.getLogger(Steps.class);

    private final Instant begun;
    private final Map<String, Duration> done = new LinkedHashMap<>();

    Steps(Instant begun) {
        this.begun = begun;
    }

    /** Counts from the start of this process. */
    static Steps ofThisProcess() {
        // The operating system tells it in whole milliseconds or worse.
        return new Steps(ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
    }

    /** A step is done now; what it is done again for is not counted. */
    void done(String step) {
        doneAt(step, Instant.now());
    }

    void doneAt(String step, Instant at) {
        Duration after = Duration.between(begun, at);
        synchronized (done) {
            if (done.putIfAbsent(step, after) != null) {
                return;
            }
        }
        log.info("step_done step=\"{}\" after_ms={}", step, after.toMillis());
    }

    /** Each step with its seconds, in the order of time: {@code servers 4.9, topics 5.6, …}. */
    String text() {
        List<Map.Entry<String, Duration>> steps;
        synchronized (done) {
            steps = new ArrayList<>(done.entrySet());
        }
        return steps.stream()
                .sorted(Map.Entry.comparingByValue())
                .map(step -> step.getKey() + " " + seconds(step.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Seconds from the beginning to a moment. */
    String until(Instant at) {
        return seconds(Duration.between(begun, at));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
