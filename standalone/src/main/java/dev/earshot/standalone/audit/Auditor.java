package dev.earshot.standalone.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.TranscriptTable;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Spans;
import dev.earshot.standalone.client.ApiClient;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Reads what the topics, Postgres and the API hold of meetings, past all services, and judges it. Blocking. */
public final class Auditor {

    private final TopicReader topics;
    private final EventLog log;
    private final String databaseUrl;
    private final ApiClient api;

    /**
     * @param databaseUrl {@code postgresql://user:password@host:port/database}
     * @param api speaks as the meetings' owner
     */
    public Auditor(EventLog log, String databaseUrl, ApiClient api) {
        this.topics = new TopicReader(log);
        this.log = log;
        this.databaseUrl = databaseUrl;
        this.api = api;
    }

    /** Whether Postgres holds the end of so many sessions of these meetings: before that there is nothing to judge. */
    public boolean areComplete(Collection<Long> meetingIds, int sessions) {
        return rows(meetingIds).stream()
                        .filter(entry -> entry.is(Entry.COMPLETE))
                        .count()
                >= sessions;
    }

    /** Judges meetings that are over, in the order of their ids. Reads the topics from their beginning. */
    public Audit audit(Collection<Long> meetingIds) {
        var evidence = new TreeMap<Long, Evidence>();
        meetingIds.forEach(id -> evidence.put(id, Evidence.of(id, rest(id))));
        topics.read(log.topics().audioChunks(), chunk -> take(evidence.get(id(chunk.getMeetingId())), chunk));
        topics.read(log.topics().hypotheses(), said -> take(evidence.get(id(said.getMeetingId())), said));
        topics.read(log.topics().segments(), entry -> {
            Evidence meeting = evidence.get(id(entry.getMeetingId()));
            if (meeting != null) {
                meeting.topic().add(Entry.of(entry));
            }
        });
        for (Entry row : rows(meetingIds)) {
            Evidence meeting = evidence.get(row.meetingId());
            if (meeting != null) {
                meeting.rows().add(row);
            }
        }
        return new Audit(evidence.values().stream().map(MeetingAudit::of).toList());
    }

    private static long id(String meetingId) {
        return Long.parseLong(meetingId);
    }

    private static void take(@Nullable Evidence evidence, AudioChunk chunk) {
        if (evidence != null) {
            Span span = new Span(chunk.getFirstSample(), chunk.getFirstSample() + chunk.getSampleCount());
            add(evidence.captured(), chunk.getTrackId(), span);
        }
    }

    private static void take(@Nullable Evidence evidence, AsrHypothesis said) {
        if (evidence == null) {
            return;
        }
        Span span = new Span(said.getStartSample(), said.getEndSample());
        if (said.getKind() == HypothesisKind.PROGRESS) {
            add(evidence.accounted(), said.getTrackId(), span);
        } else if (said.getKind() == HypothesisKind.FINAL && !said.getText().isBlank()) {
            add(evidence.spoken(), said.getTrackId(), span);
        }
    }

    private static void add(Map<String, Spans> byTrack, String track, Span span) {
        byTrack.merge(track, Spans.of(span), Spans::plus);
    }

    private List<Entry> rows(Collection<Long> meetingIds) {
        return Flux.usingWhen(
                        ConnectionFactories.get("r2dbc:" + databaseUrl).create(),
                        connection -> query(connection, meetingIds.toArray(Long[]::new)),
                        Connection::close)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static Flux<Entry> query(Connection connection, Long[] meetingIds) {
        return Flux.from(connection
                        .createStatement("select * from " + TranscriptTable.SEGMENTS
                                + " where meeting_id = any($1) order by meeting_id, seq")
                        .bind(0, meetingIds)
                        .execute())
                .flatMap(result -> result.map(row -> Entry.of(row)));
    }

    /** Confirmed segments and gaps; what is still pending has no cursor. */
    private List<Entry.Shown> rest(long meetingId) {
        JsonNode meeting = api.get("/meetings/" + meetingId);
        JsonNode transcript = api.get("/transcripts/" + meeting.path("platform").asText() + "/"
                + meeting.path("native_meeting_id").asText() + "?meeting_id=" + meetingId);
        var shown = new ArrayList<Entry.Shown>();
        for (JsonNode segment : transcript.path("segments")) {
            if (!segment.path("seq").isNull()) {
                shown.add(shown(segment, "segment_id", "speaker", "text"));
            }
        }
        transcript.path("gaps").forEach(gap -> shown.add(shown(gap, "", "track_id", "reason")));
        shown.sort(Comparator.comparingLong(Entry.Shown::seq));
        return shown;
    }

    private static Entry.Shown shown(JsonNode node, String id, String who, String what) {
        return new Entry.Shown(
                node.path("seq").asLong(),
                node.path(id).asText(""),
                Math.round(node.path("start").asDouble() * 1000),
                Math.round(node.path("end").asDouble() * 1000),
                node.path(who).textValue(),
                node.path(what).asText());
    }
}
