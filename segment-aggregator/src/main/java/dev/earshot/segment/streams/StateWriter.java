package dev.earshot.segment.streams;

import dev.earshot.segment.domain.Hypothesis;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.Session;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Spans;
import dev.earshot.segment.domain.SpeakerTimeline;
import dev.earshot.segment.domain.SpeakerTimeline.Turn;
import dev.earshot.segment.domain.Track;
import dev.earshot.segment.domain.TrackAccount;
import dev.earshot.segment.domain.Utterance;
import dev.earshot.segment.domain.Word;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the components of a state one after the other. What is the same everywhere, the session and the track of each
 * hypothesis, is written where it is first known.
 */
final class StateWriter {

    private final StateOutput out;

    StateWriter(StateOutput out) {
        this.out = out;
    }

    void meeting(MeetingState state) {
        out.number(state.nextSeq());
        byName(state.statuses().newest(), out::text);
        out.text(state.statuses().lastSession());
        out.each(state.sessions().values(), this::session);
        out.each(state.complete(), out::text);
        out.flag(state.isErased());
    }

    private <T> void byName(Map<String, T> values, Consumer<T> write) {
        out.number(values.size());
        values.forEach((name, value) -> {
            out.text(name);
            write.accept(value);
        });
    }

    private void session(Session session) {
        out.text(session.uid());
        out.time(session.startedAt());
        out.each(session.tracks().values(), this::track);
        speakers(session.speakers());
        out.optional(session.ended(), this::ended);
        out.time(session.lastSignAt());
    }

    private void ended(Session.Ended ended) {
        out.optional(ended.trackIds(), ids -> out.each(ids, out::text));
        out.time(ended.at());
    }

    private void speakers(SpeakerTimeline speakers) {
        byName(speakers.participants(), participant -> {
            out.text(participant.name());
            out.number(participant.newestSample());
        });
        byName(speakers.assigned(), turns -> out.each(turns, this::turn));
        out.each(speakers.turns(), this::turn);
    }

    private void turn(Turn turn) {
        out.text(turn.participantId());
        span(turn.span());
    }

    private void track(Track track) {
        out.text(track.id());
        out.each(track.pending(), this::utterance);
        out.optional(track.closed(), this::span);
        account(track.account());
        out.number(track.liveRevision());
    }

    private void account(TrackAccount account) {
        spans(account.accounted());
        spans(account.lost());
        spans(account.unaccounted());
        out.number(account.missing());
        out.number(account.transcribed());
        out.flag(account.endKnown());
    }

    private void utterance(Utterance utterance) {
        hypothesis(utterance.newest());
        out.time(utterance.revisedAt());
        out.flag(utterance.isPassed());
    }

    private void hypothesis(Hypothesis said) {
        out.text(said.utteranceId());
        out.number(said.revision());
        out.flag(said.isFinal());
        span(said.span());
        out.text(said.text());
        out.each(said.words(), this::word);
        out.number(said.stablePrefixWords());
        out.text(said.language());
        Hypothesis.Provenance provenance = said.provenance();
        out.text(provenance.modelName());
        out.text(provenance.modelHash());
        out.optional(provenance.audioPartition(), partition -> out.number(partition));
        out.optional(provenance.audioFirstOffset(), out::number);
        out.optional(provenance.audioLastOffset(), out::number);
        Hypothesis.CaptureTimes captured = said.captured();
        out.time(captured.start());
        out.time(captured.end());
        out.time(captured.ready());
        out.number(captured.decodeMicros());
    }

    private void word(Word word) {
        out.text(word.text());
        out.number(word.startMs());
        out.number(word.endMs());
        out.optional(
                word.confidence(), confidence -> out.number(Integer.toUnsignedLong(Float.floatToIntBits(confidence))));
    }

    private void spans(Spans spans) {
        out.each(spans.list(), this::span);
    }

    private void span(Span span) {
        out.number(span.start());
        out.number(span.end());
    }
}
