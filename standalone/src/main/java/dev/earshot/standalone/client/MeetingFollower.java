package dev.earshot.standalone.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.standalone.report.Percentiles;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Follows one meeting over its event stream, as a browser would: comes back with the last cursor when it is cut off, keeps
 * what was confirmed, and measures how long text took to get here.
 *
 * <p>{@link #start} returns at once; a daemon thread reads. Thread-safe.
 */
public final class MeetingFollower implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiClient api;
    private final String path;
    private final Listener listener;
    private final Thread reader;

    private final List<TranscriptFrame.Text> confirmed = new ArrayList<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> finished = new HashSet<>();
    private final Percentiles firstPartialMs = new Percentiles();
    private final Percentiles finalMs = new Percentiles();
    private final CompletableFuture<Instant> active = new CompletableFuture<>();
    private final CompletableFuture<Instant> firstText = new CompletableFuture<>();
    private final CompletableFuture<Account> complete = new CompletableFuture<>();
    private final CompletableFuture<String> failed = new CompletableFuture<>();
    private volatile @Nullable String cursor;
    private volatile boolean closed;

    /** What a reader shows. Called on the follower's thread. */
    public interface Listener {

        /** Text came, or changed. */
        void transcript(TranscriptFrame frame);

        /** The meeting moved. */
        void status(String status, @Nullable String reason);

        /** Audio was lost here. */
        void gap(long startMs, long endMs, String reason);
    }

    private MeetingFollower(ApiClient api, long meetingId, Listener listener) {
        this.api = api;
        this.path = "/meetings/" + meetingId + "/events";
        this.listener = listener;
        this.reader = new Thread(this::read, "follow-" + meetingId);
        reader.setDaemon(true);
    }

    /** Begins to follow a meeting from its first entry. */
    public static MeetingFollower start(ApiClient api, long meetingId, Listener listener) {
        var follower = new MeetingFollower(api, meetingId, listener);
        follower.reader.start();
        return follower;
    }

    /** Completes when the bot is in the meeting. */
    public CompletableFuture<Instant> active() {
        return active.copy();
    }

    /** Completes when the first text is here. */
    public CompletableFuture<Instant> firstText() {
        return firstText.copy();
    }

    /** Completes when the transcript of a session is whole, with the account of its audio. */
    public CompletableFuture<Account> complete() {
        return complete.copy();
    }

    /** Completes with the reason when the meeting fails. */
    public CompletableFuture<String> failed() {
        return failed.copy();
    }

    /** What was confirmed so far, in the order of the cursor. */
    public List<TranscriptFrame.Text> confirmed() {
        synchronized (confirmed) {
            return List.copyOf(confirmed);
        }
    }

    /** A first word begins (wall clock of capture) → its first text is here. */
    public Percentiles firstPartialMs() {
        return firstPartialMs;
    }

    /** A last word ends (wall clock of capture) → its final text is here. */
    public Percentiles finalMs() {
        return finalMs;
    }

    private void read() {
        while (!closed) {
            try {
                api.follow(path, cursor, this::take);
                if (complete.isDone()) {
                    return;
                }
            } catch (ApiException | java.io.UncheckedIOException e) {
                if (closed) {
                    return;
                }
            }
            pause();
        }
    }

    private void take(SseEvent event) {
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        switch (event.name()) {
            case "transcript" -> take(TranscriptFrame.parse(event.data()), nowMicros);
            case "meeting.status" -> {
                JsonNode payload = json(event).path("payload");
                String status = payload.path("status").asText();
                listener.status(status, payload.path("reason").textValue());
                if (status.equals("active")) {
                    active.complete(Instant.now());
                } else if (status.equals("failed")) {
                    failed.complete(payload.path("reason").asText("unknown"));
                }
            }
            case "transcript.gap" -> {
                JsonNode gap = json(event);
                listener.gap(
                        Math.round(gap.path("start").asDouble() * 1000),
                        Math.round(gap.path("end").asDouble() * 1000),
                        gap.path("reason").asText());
            }
            case "transcript.complete" -> complete.complete(account(json(event)));
            default -> {
                // Of the future: not for us.
            }
        }
        if (event.id() != null) {
            cursor = event.id();
        }
    }

    private void take(TranscriptFrame frame, long nowMicros) {
        for (TranscriptFrame.Text text : frame.pending()) {
            measure(text, nowMicros);
        }
        synchronized (confirmed) {
            confirmed.addAll(frame.confirmed());
        }
        if (!frame.pending().isEmpty() || !frame.confirmed().isEmpty()) {
            firstText.complete(Instant.now());
        }
        listener.transcript(frame);
    }

    private void measure(TranscriptFrame.Text text, long nowMicros) {
        if (!text.text().isBlank() && text.startCapturedAtMicros() > 0 && begun.add(text.segmentId())) {
            firstPartialMs.add((nowMicros - text.speechStartedAtMicros()) / 1000.0);
        }
        if (text.completed() && text.endCapturedAtMicros() > 0 && finished.add(text.segmentId())) {
            finalMs.add((nowMicros - text.speechEndedAtMicros()) / 1000.0);
        }
    }

    private static Account account(JsonNode frame) {
        return new Account(
                frame.path("captured_ms").asLong(),
                frame.path("transcribed_ms").asLong(),
                frame.path("silent_ms").asLong(),
                frame.path("missing_ms").asLong());
    }

    private static JsonNode json(SseEvent event) {
        try {
            return JSON.readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new ApiException("an event's data is not JSON", e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
    }
}
