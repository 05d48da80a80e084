package dev.earshot.api.feed;

import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.domain.SpokenWord;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.ViewerQueue;
import dev.earshot.api.feed.TranscriptStore.About;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what happened in a meeting as server-sent events. The data of {@code transcript} and {@code meeting.status} events
 * are the frames of the same name of the WebSocket contract, generation T, with our own members beside: {@code seq} (the
 * cursor, where the frame has one), {@code words}, {@code timing} (wall clocks in microseconds since the epoch). Thread-safe.
 */
public final class FrameEncoder {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Clock clock;

    public FrameEncoder(Clock clock) {
        this.clock = clock;
    }

    /** A comment that keeps proxies and the client sure of the connection. */
    static Frame heartbeat() {
        return new Frame(0, new ViewerQueue.Key("heartbeat", ""), HEARTBEAT, 0);
    }

    /** Whether this server hears of what is said; no frame before this one means that it does. */
    Frame health(boolean stalled) {
        return frame(0, new ViewerQueue.Key("health", ""), "health", json -> {
            json.writeStringProperty("type", "health");
            json.writeStringProperty("status", stalled ? "stalled" : "ok");
            json.writeStringProperty("detail", stalled ? "What is said now comes later: Kafka does not answer." : null);
            json.writeStringProperty("ts", now());
        });
    }

    /** What pending text a speaker has; replaces all that was pending of that speaker. */
    Frame pending(About meeting, Optional<String> speaker, List<LiveTrack> tracks) {
        return frame(0, key(speaker), "transcript", json -> {
            transcriptHead(json, meeting, speaker.orElse(null));
            json.writeArrayPropertyStart("confirmed");
            json.writeEndArray();
            pending(json, tracks);
        });
    }

    /** An entry, with what pending text its speaker has left. */
    Frame entry(About meeting, TranscriptEntry entry, List<LiveTrack> left) {
        return switch (entry.kind()) {
            case SEGMENT -> {
                var key = key(Optional.ofNullable(entry.speaker()));
                yield frame(entry.seq(), key, "transcript", json -> {
                    transcriptHead(json, meeting, entry.speaker());
                    json.writeNumberProperty("seq", entry.seq());
                    json.writeArrayPropertyStart("confirmed");
                    segment(json, entry);
                    json.writeEndArray();
                    pending(json, left);
                });
            }
            case STATUS ->
                frame(entry.seq(), null, "meeting.status", json -> {
                    statusOf(json, meeting, entry.status(), entry.reason());
                    json.writeNumberProperty("seq", entry.seq());
                });
            case GAP -> frame(entry.seq(), null, "transcript.gap", json -> gap(json, meeting, entry));
            case COMPLETE -> frame(entry.seq(), null, "transcript.complete", json -> complete(json, meeting, entry));
            // An event without a name that we know reaches no listener and yet moves the client's cursor.
            case UNKNOWN ->
                frame(entry.seq(), null, "transcript.unknown", json -> {
                    head(json, meeting, "transcript.unknown");
                    json.writeNumberProperty("seq", entry.seq());
                });
        };
    }

    /** Says that entries from one cursor to another are neither on the topic nor in the store, and were waited for. */
    Frame missing(About meeting, long fromSeq, long toSeq) {
        return frame(toSeq, null, "transcript.missing", json -> {
            head(json, meeting, "transcript.missing");
            json.writeNumberProperty("seq", toSeq);
            json.writeNumberProperty("from_seq", fromSeq);
        });
    }

    /** How the meeting stands, outside the transcript. */
    public Frame status(About meeting) {
        return frame(0, null, "meeting.status", json -> statusOf(json, meeting, meeting.status(), null));
    }

    private static ViewerQueue.Key key(Optional<String> speaker) {
        return speaker.map(name -> new ViewerQueue.Key("speaker", name)).orElse(new ViewerQueue.Key("nobody", ""));
    }

    private static Frame frame(long seq, ViewerQueue.@Nullable Key key, String event, Consumer<JsonGenerator> body) {
        var bytes = new ByteArrayOutputStream(512);
        String head = (seq > 0 ? "id: " + seq + "\n" : "") + "event: " + event + "\ndata: ";
        bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        int dataStart = bytes.size();
        try (JsonGenerator json = JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            body.accept(json);
            json.writeEndObject();
        }
        bytes.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return new Frame(seq, key, bytes.toByteArray(), dataStart);
    }

    private void head(JsonGenerator json, About meeting, String type) {
        json.writeStringProperty("type", type);
        json.writeObjectPropertyStart("meeting");
        json.writeNumberProperty("id", meeting.meetingId());
        json.writeStringProperty("platform", meeting.platform());
        json.writeStringProperty("native_id", meeting.nativeMeetingId());
        json.writeEndObject();
        json.writeStringProperty("ts", now());
    }

    private String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.MICROS).toString();
    }

    private void transcriptHead(JsonGenerator json, About meeting, @Nullable String speaker) {
        head(json, meeting, "transcript");
        json.writeStringProperty("speaker", speaker);
    }

    private void statusOf(JsonGenerator json, About meeting, @Nullable String status, @Nullable String reason) {
        head(json, meeting, "meeting.status");
        json.writeObjectPropertyStart("payload");
        json.writeStringProperty("status", status);
        if (reason != null) {
            json.writeStringProperty("reason", reason);
        }
        json.writeEndObject();
        json.writeNumberProperty("user_id", meeting.userId());
    }

    private void gap(JsonGenerator json, About meeting, TranscriptEntry entry) {
        head(json, meeting, "transcript.gap");
        json.writeNumberProperty("seq", entry.seq());
        json.writeStringProperty("track_id", entry.trackId());
        json.writeStringProperty("reason", entry.reason());
        span(json, entry.startMs(), entry.endMs(), entry.at(entry.startMs()), entry.at(entry.endMs()));
    }

    private void complete(JsonGenerator json, About meeting, TranscriptEntry entry) {
        head(json, meeting, "transcript.complete");
        json.writeNumberProperty("seq", entry.seq());
        json.writeStringProperty("session_uid", entry.sessionUid());
        TranscriptEntry.Account account = entry.account();
        if (account != null) {
            json.writeNumberProperty("captured_ms", account.capturedMs());
            json.writeNumberProperty("transcribed_ms", account.transcribedMs());
            json.writeNumberProperty("silent_ms", account.silentMs());
            json.writeNumberProperty("missing_ms", account.missingMs());
        }
    }

    private static void segment(JsonGenerator json, TranscriptEntry entry) {
        json.writeStartObject();
        json.writeStringProperty("segment_id", entry.segmentId());
        json.writeNumberProperty("seq", entry.seq());
        json.writeStringProperty("speaker", entry.speaker());
        json.writeStringProperty("participant_id", entry.participantId());
        json.writeStringProperty("text", entry.text());
        json.writeStringProperty("language", entry.language());
        json.writeBooleanProperty("completed", true);
        span(json, entry.startMs(), entry.endMs(), entry.at(entry.startMs()), entry.at(entry.endMs()));
        words(json, entry.words());
        json.writeObjectPropertyStart("timing");
        micros(json, "end_captured_at", entry.endCapturedAt());
        micros(json, "ready_at", entry.readyAt());
        micros(json, "confirmed_at", entry.confirmedAt());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void pending(JsonGenerator json, List<LiveTrack> tracks) {
        json.writeArrayPropertyStart("pending");
        for (LiveTrack track : tracks) {
            for (LiveTrack.Text text : track.pending()) {
                draft(json, track, text);
            }
        }
        json.writeEndArray();
    }

    private static void draft(JsonGenerator json, LiveTrack track, LiveTrack.Text text) {
        json.writeStartObject();
        json.writeStringProperty("segment_id", text.segmentId());
        json.writeNumberProperty("revision", text.revision());
        json.writeStringProperty("speaker", track.speaker());
        json.writeStringProperty("text", text.text());
        json.writeStringProperty("language", text.language());
        json.writeBooleanProperty("completed", text.completed());
        json.writeNumberProperty("stable_prefix_words", text.stablePrefixWords());
        span(json, text.startMs(), text.endMs(), track.at(text.startMs()), track.at(text.endMs()));
        words(json, text.words());
        json.writeObjectPropertyStart("timing");
        micros(json, "start_captured_at", text.startCapturedAt());
        micros(json, "end_captured_at", text.endCapturedAt());
        micros(json, "ready_at", text.readyAt());
        json.writeNumberProperty("decode_micros", text.decodeMicros());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void span(
            JsonGenerator json, long startMs, long endMs, @Nullable Instant startAt, @Nullable Instant endAt) {
        json.writeNumberProperty("start", startMs / 1000.0);
        json.writeNumberProperty("end", endMs / 1000.0);
        json.writeStringProperty("absolute_start_time", startAt == null ? null : startAt.toString());
        json.writeStringProperty("absolute_end_time", endAt == null ? null : endAt.toString());
    }

    private static void words(JsonGenerator json, List<SpokenWord> words) {
        json.writeArrayPropertyStart("words");
        for (SpokenWord word : words) {
            json.writeStartObject();
            json.writeStringProperty("word", word.text());
            json.writeNumberProperty("start", word.startMs() / 1000.0);
            json.writeNumberProperty("end", word.endMs() / 1000.0);
            Float confidence = word.confidence();
            if (confidence != null) {
                json.writeNumberProperty("confidence", confidence);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void micros(JsonGenerator json, String name, @Nullable Instant at) {
        if (at == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, ChronoUnit.MICROS.between(Instant.EPOCH, at));
        }
    }
}
