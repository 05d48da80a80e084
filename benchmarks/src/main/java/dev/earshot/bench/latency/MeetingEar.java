package dev.earshot.bench.latency;

import dev.earshot.standalone.client.ApiClient;
import dev.earshot.standalone.client.ApiException;
import dev.earshot.standalone.client.SseEvent;
import dev.earshot.standalone.client.TranscriptFrame;
import dev.earshot.standalone.report.Percentiles;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A real client of one meeting's event stream that notes when each piece of text came. A daemon thread reads; what it heard
 * may be asked for from any thread.
 */
public final class MeetingEar implements AutoCloseable {

    private final ApiClient api;
    private final String path;
    private final Percentiles pipelineMs;
    private final long countFromMicros;
    private final Map<String, Heard> segments = new ConcurrentHashMap<>();
    private final CountDownLatch complete = new CountDownLatch(1);
    private final Thread reader;
    private volatile boolean closed;

    /**
     * What came of one segment; wall clocks in microseconds since the epoch, 0 for not yet.
     *
     * @param startMs where the text starts, milliseconds on the session's audio time
     * @param endMs where it ends
     * @param firstTextAt when the first text was here
     * @param finalAt when the final text was here
     * @param readyAt when the last audio that the newest text needed was captured
     */
    public record Heard(long startMs, long endMs, long firstTextAt, long finalAt, long readyAt) {

        private static final Heard NOTHING = new Heard(0, 0, 0, 0, 0);

        private Heard with(TranscriptFrame.Text text, long nowMicros) {
            return new Heard(
                    text.startMs(),
                    text.endMs(),
                    firstTextAt == 0 && !text.text().isBlank() ? nowMicros : firstTextAt,
                    finalAt == 0 && text.completed() ? nowMicros : finalAt,
                    Math.max(readyAt, text.readyAtMicros()));
        }
    }

    /** Begins to read. What comes after {@code countFrom} is added to {@code pipelineMs}. */
    public MeetingEar(ApiClient api, long meetingId, Percentiles pipelineMs, Instant countFrom) {
        this.api = api;
        this.path = "/meetings/" + meetingId + "/events";
        this.pipelineMs = pipelineMs;
        this.countFromMicros = micros(countFrom);
        this.reader = new Thread(this::read, "ear-" + meetingId);
        reader.setDaemon(true);
        reader.start();
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** The last audio that a final needed was captured → its row was written, of finals since {@code countFrom}. */
    public static Percentiles finalToRow(List<MeetingEar> ears, Map<String, Long> writtenAt, Instant countFrom) {
        var durations = new Percentiles();
        long countFromMicros = micros(countFrom);
        for (MeetingEar ear : ears) {
            ear.bySegment().forEach((segmentId, heard) -> {
                Long written = writtenAt.get(segmentId);
                if (written != null && heard.readyAt() > countFromMicros) {
                    durations.add((written - heard.readyAt()) / 1000.0);
                }
            });
        }
        return durations;
    }

    Collection<Heard> heard() {
        return List.copyOf(segments.values());
    }

    /** What came, by segment id. */
    Map<String, Heard> bySegment() {
        return Map.copyOf(segments);
    }

    /** Waits until the transcript is said to be whole; false when that took too long. */
    boolean awaitComplete(long deadlineNanos) throws InterruptedException {
        return complete.await(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void read() {
        try {
            api.follow(path, null, this::take);
        } catch (ApiException | java.io.UncheckedIOException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    private void take(SseEvent event) {
        long nowMicros = micros(Instant.now());
        if (event.name().equals("transcript")) {
            TranscriptFrame frame = TranscriptFrame.parse(event.data());
            frame.pending().forEach(text -> take(text, nowMicros));
            frame.confirmed().forEach(text -> take(text, nowMicros));
        } else if (event.name().equals("transcript.complete")) {
            complete.countDown();
        }
    }

    private void take(TranscriptFrame.Text text, long nowMicros) {
        Heard before = segments.getOrDefault(text.segmentId(), Heard.NOTHING);
        Heard now = before.with(text, nowMicros);
        segments.put(text.segmentId(), now);
        // Each revision once: what was heard before comes again in every frame until it is confirmed.
        if (now.readyAt() > before.readyAt() && before.finalAt() == 0 && nowMicros > countFromMicros) {
            pipelineMs.add((nowMicros - now.readyAt() - text.decodeMicros()) / 1000.0);
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
    }
}
