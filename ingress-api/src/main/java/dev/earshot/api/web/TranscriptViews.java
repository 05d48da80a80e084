package dev.earshot.api.web;

import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.Participant;
import dev.earshot.api.domain.SearchHit;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.TranscriptEntry.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bodies of answers about what was said. */
final class TranscriptViews {

    private TranscriptViews() {}

    /** A piece of a transcript; {@code seq} is null while it can still change. */
    record SegmentView(
            double start,
            double end,
            String text,
            @Nullable String language,
            @Nullable String speaker,
            @Nullable Instant createdAt,
            @Nullable Instant absoluteStartTime,
            @Nullable Instant absoluteEndTime,
            boolean completed,
            String segmentId,
            @Nullable Long seq) {

        static SegmentView of(TranscriptEntry entry) {
            return new SegmentView(
                    entry.startMs() / 1000.0,
                    entry.endMs() / 1000.0,
                    entry.text(),
                    entry.language(),
                    entry.speaker(),
                    entry.confirmedAt(),
                    entry.at(entry.startMs()),
                    entry.at(entry.endMs()),
                    true,
                    entry.segmentId(),
                    entry.seq());
        }

        static SegmentView of(LiveTrack track, LiveTrack.Text text) {
            return new SegmentView(
                    text.startMs() / 1000.0,
                    text.endMs() / 1000.0,
                    text.text(),
                    text.language(),
                    track.speaker(),
                    null,
                    track.at(text.startMs()),
                    track.at(text.endMs()),
                    text.completed(),
                    text.segmentId(),
                    null);
        }
    }

    /** Audio that was lost. */
    record GapView(long seq, double start, double end, @Nullable String trackId, @Nullable String reason) {

        static GapView of(TranscriptEntry entry) {
            return new GapView(
                    entry.seq(), entry.startMs() / 1000.0, entry.endMs() / 1000.0, entry.trackId(), entry.reason());
        }
    }

    /**
     * A transcript, or a page of it: {@code cursor} is what to ask for what follows with, {@code has_more} says whether
     * something does already.
     */
    record TranscriptView(
            long id,
            String platform,
            @Nullable String nativeMeetingId,
            @Nullable String constructedMeetingUrl,
            String status,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            List<SegmentView> segments,
            List<Object> recordings,
            @Nullable Object notes,
            Map<String, Object> data,
            List<GapView> gaps,
            long cursor,
            boolean hasMore) {

        private static final Comparator<SegmentView> BY_TIME = Comparator.comparing(
                        SegmentView::absoluteStartTime, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(SegmentView::start)
                .thenComparing(SegmentView::segmentId);

        /** Text that is confirmed by now is shown once; {@code after} is the cursor of an empty page. */
        static TranscriptView of(
                Meeting meeting, List<TranscriptEntry> entries, List<LiveTrack> pending, long after, boolean hasMore) {
            var segments = new ArrayList<SegmentView>();
            entries.stream()
                    .filter(entry -> entry.kind() == Kind.SEGMENT)
                    .map(SegmentView::of)
                    .forEach(segments::add);
            var confirmed = entries.stream().map(TranscriptEntry::segmentId).collect(Collectors.toSet());
            for (LiveTrack track : pending) {
                track.pending().stream()
                        .filter(text -> !confirmed.contains(text.segmentId()))
                        .map(text -> SegmentView.of(track, text))
                        .forEach(segments::add);
            }
            segments.sort(BY_TIME);
            List<GapView> gaps = entries.stream()
                    .filter(entry -> entry.kind() == Kind.GAP)
                    .map(GapView::of)
                    .toList();
            Views.MeetingView view = Views.MeetingView.of(meeting);
            return new TranscriptView(
                    view.id(),
                    view.platform(),
                    view.nativeMeetingId(),
                    view.constructedMeetingUrl(),
                    view.status(),
                    view.startTime(),
                    view.endTime(),
                    segments,
                    List.of(),
                    view.data().get("notes"),
                    view.data(),
                    gaps,
                    entries.isEmpty() ? after : entries.get(entries.size() - 1).seq(),
                    hasMore);
        }
    }

    record ParticipantView(
            String name,
            long segmentCount,
            @Nullable Instant firstSeen,
            @Nullable Instant lastSeen,
            double speakingTimeSeconds) {

        static ParticipantView of(Participant participant) {
            return new ParticipantView(
                    participant.name(),
                    participant.segments(),
                    participant.firstSeen(),
                    participant.lastSeen(),
                    participant.speakingMs() / 1000.0);
        }
    }

    record ParticipantsView(
            long id,
            String platform,
            @Nullable String nativeMeetingId,
            int participantCount,
            List<ParticipantView> participants) {

        static ParticipantsView of(Meeting meeting, List<Participant> participants) {
            return new ParticipantsView(
                    meeting.id(),
                    meeting.platform(),
                    meeting.nativeMeetingId(),
                    participants.size(),
                    participants.stream().map(ParticipantView::of).toList());
        }
    }

    /** A segment that was found, and the meeting it is in. */
    record SearchHitView(
            long meetingId,
            String platform,
            @Nullable String nativeMeetingId,
            @Nullable String meetingName,
            SegmentView segment) {

        static SearchHitView of(SearchHit hit) {
            return new SearchHitView(
                    hit.segment().meetingId(),
                    hit.platform(),
                    hit.nativeMeetingId(),
                    hit.title(),
                    SegmentView.of(hit.segment()));
        }
    }

    record SearchView(List<SearchHitView> hits, boolean hasMore) {}

    record ShareView(String shareId, String url, Instant expiresAt, long expiresInSeconds) {}
}
