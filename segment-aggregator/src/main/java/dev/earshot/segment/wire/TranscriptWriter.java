package dev.earshot.segment.wire;

import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.LiveSegment;
import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.domain.Coverage;
import dev.earshot.segment.domain.Hypothesis;
import dev.earshot.segment.domain.Output.AudioLost;
import dev.earshot.segment.domain.Output.Content;
import dev.earshot.segment.domain.Output.Entry;
import dev.earshot.segment.domain.Output.LiveTrack;
import dev.earshot.segment.domain.Output.Segment;
import dev.earshot.segment.domain.Output.SessionComplete;
import dev.earshot.segment.domain.Output.StatusMoved;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Speaker;
import dev.earshot.segment.domain.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what the fold decided about one meeting as records of the two transcript topics. */
public final class TranscriptWriter {

    private final String meetingId;

    public TranscriptWriter(String meetingId) {
        this.meetingId = meetingId;
    }

    /** A record of {@code transcript.live.v1}. */
    public TranscriptLive live(LiveTrack track) {
        return new TranscriptLive(
                meetingId,
                track.sessionUid(),
                track.trackId(),
                track.revision(),
                name(track.speaker()),
                participant(track.speaker()),
                track.sessionStartedAt(),
                track.pending().stream().map(TranscriptWriter::pending).toList(),
                track.confirmed(),
                track.retracted());
    }

    private static LiveSegment pending(Hypothesis said) {
        return new LiveSegment(
                said.utteranceId(),
                said.revision(),
                said.isFinal(),
                said.span().startMs(),
                said.span().endMs(),
                said.text(),
                said.language(),
                words(said.words()),
                said.stablePrefixWords(),
                said.captured().start(),
                said.captured().end(),
                said.captured().ready(),
                said.captured().decodeMicros());
    }

    /** A record of {@code asr.filtered.v1}: the hypothesis as far as it was to become text. */
    public AsrHypothesis filtered(Hypothesis said) {
        Hypothesis.Provenance provenance = said.provenance();
        return AsrHypothesis.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(said.sessionUid())
                .setTrackId(said.trackId())
                .setKind(said.isFinal() ? HypothesisKind.FINAL : HypothesisKind.PARTIAL)
                .setUtteranceId(said.utteranceId())
                .setRevision(said.revision())
                .setStartSample(said.span().start())
                .setEndSample(said.span().end())
                .setText(said.text())
                .setWords(words(said.words()))
                .setStablePrefixWords(said.stablePrefixWords())
                .setLanguage(said.language())
                .setModelName(provenance.modelName())
                .setModelHash(provenance.modelHash())
                .setAudioPartition(provenance.audioPartition())
                .setAudioFirstOffset(provenance.audioFirstOffset())
                .setAudioLastOffset(provenance.audioLastOffset())
                .setStartCapturedAt(said.captured().start())
                .setEndCapturedAt(said.captured().end())
                .setReadyAt(said.captured().ready())
                .setDecodeMicros(said.captured().decodeMicros())
                .build();
    }

    /** A record of {@code transcript.segment.v1}. */
    public TranscriptSegment entry(Entry entry) {
        Content content = entry.content();
        var record = TranscriptSegment.newBuilder()
                .setMeetingId(meetingId)
                .setSeq(entry.seq())
                .setSegmentId(content.id())
                .setConfirmedAt(entry.confirmedAt());
        if (content instanceof Segment segment) {
            segment(record, segment);
        } else if (content instanceof AudioLost lost) {
            gap(record, lost);
        } else if (content instanceof StatusMoved moved) {
            status(record, moved);
        } else {
            complete(record, (SessionComplete) content);
        }
        return record.build();
    }

    private static void segment(TranscriptSegment.Builder record, Segment segment) {
        Hypothesis said = segment.said();
        Hypothesis.Provenance provenance = said.provenance();
        place(record, said.span())
                .setKind(TranscriptKind.SEGMENT)
                .setSessionUid(said.sessionUid())
                .setSessionStartedAt(segment.sessionStartedAt())
                .setTrackId(said.trackId())
                .setRevision(said.revision())
                .setParticipantId(participant(segment.speaker()))
                .setSpeaker(name(segment.speaker()))
                .setText(said.text())
                .setWords(words(said.words()))
                .setLanguage(said.language())
                .setModelName(provenance.modelName())
                .setModelHash(provenance.modelHash())
                .setAudioPartition(provenance.audioPartition())
                .setAudioFirstOffset(provenance.audioFirstOffset())
                .setAudioLastOffset(provenance.audioLastOffset())
                .setEndCapturedAt(said.captured().end())
                .setReadyAt(said.captured().ready());
    }

    private static void gap(TranscriptSegment.Builder record, AudioLost lost) {
        place(record, lost.gap().span())
                .setKind(TranscriptKind.GAP)
                .setSessionUid(lost.sessionUid())
                .setSessionStartedAt(lost.sessionStartedAt())
                .setTrackId(lost.trackId())
                .setReason(lost.gap().reason());
    }

    private static void status(TranscriptSegment.Builder record, StatusMoved moved) {
        record.setKind(TranscriptKind.STATUS)
                .setSessionUid(moved.sessionUid())
                .setStatus(moved.status())
                .setReason(moved.reason());
    }

    private static void complete(TranscriptSegment.Builder record, SessionComplete complete) {
        Coverage coverage = complete.coverage();
        record.setKind(TranscriptKind.COMPLETE)
                .setSessionUid(complete.sessionUid())
                .setSessionStartedAt(complete.sessionStartedAt())
                .setCapturedMs(coverage.capturedMs())
                .setTranscribedMs(coverage.transcribedMs())
                .setSilentMs(coverage.silentMs())
                .setMissingMs(coverage.missingMs());
    }

    private static TranscriptSegment.Builder place(TranscriptSegment.Builder record, Span span) {
        return record.setStartMs(span.startMs())
                .setEndMs(span.endMs())
                .setStartSample(span.start())
                .setEndSample(span.end());
    }

    private static List<dev.earshot.schema.avro.Word> words(List<Word> words) {
        return words.stream()
                .map(word ->
                        new dev.earshot.schema.avro.Word(word.text(), word.startMs(), word.endMs(), word.confidence()))
                .toList();
    }

    private static @Nullable String name(@Nullable Speaker speaker) {
        return speaker == null ? null : speaker.name();
    }

    private static @Nullable String participant(@Nullable Speaker speaker) {
        return speaker == null ? null : speaker.participantId();
    }
}
