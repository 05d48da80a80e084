package dev.earshot.segment.streams;

import dev.earshot.segment.domain.Hypothesis;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.Session;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Spans;
import dev.earshot.segment.domain.SpeakerTimeline;
import dev.earshot.segment.domain.SpeakerTimeline.Participant;
import dev.earshot.segment.domain.SpeakerTimeline.Turn;
import dev.earshot.segment.domain.StatusHistory;
import dev.earshot.segment.domain.Track;
import dev.earshot.segment.domain.TrackAccount;
import dev.earshot.segment.domain.Utterance;
import dev.earshot.segment.domain.Word;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reads what {@link StateWriter} wrote, component by component in the same order. */
final class StateReader {

    private final StateInput in;

    StateReader(StateInput in) {
        this.in = in;
    }

    MeetingState meeting() {
        long nextSeq = in.number();
        var statuses = new StatusHistory(byName(in::requiredText), in.requiredText());
        var sessions = new TreeMap<String, Session>();
        in.each(this::session).forEach(session -> sessions.put(session.uid(), session));
        var complete = new TreeSet<>(in.each(in::requiredText));
        return new MeetingState(nextSeq, statuses, sessions, complete, in.flag());
    }

    private <T> Map<String, T> byName(Supplier<T> read) {
        var values = new TreeMap<String, T>();
        for (int left = in.smallNumber(); left > 0; left--) {
            values.put(in.requiredText(), read.get());
        }
        return values;
    }

    private Session session() {
        String uid = in.requiredText();
        var startedAt = in.time();
        var tracks = new TreeMap<String, Track>();
        in.each(() -> track(uid)).forEach(track -> tracks.put(track.id(), track));
        return new Session(uid, startedAt, tracks, speakers(), in.optional(this::ended), in.requiredTime());
    }

    private Session.Ended ended() {
        return new Session.Ended(in.optional(() -> in.each(in::requiredText)), in.time());
    }

    private SpeakerTimeline speakers() {
        return new SpeakerTimeline(
                byName(() -> new Participant(in.text(), in.number())),
                byName(() -> in.each(this::turn)),
                in.each(this::turn));
    }

    private Turn turn() {
        return new Turn(in.requiredText(), span());
    }

    private Track track(String sessionUid) {
        String id = in.requiredText();
        return new Track(
                id,
                in.each(() -> utterance(sessionUid, id)),
                in.optional(this::span),
                new TrackAccount(spans(), spans(), spans(), in.number(), in.number(), in.flag()),
                in.number());
    }

    private Utterance utterance(String sessionUid, String trackId) {
        return new Utterance(hypothesis(sessionUid, trackId), in.requiredTime(), in.flag());
    }

    private Hypothesis hypothesis(String sessionUid, String trackId) {
        return new Hypothesis(
                sessionUid,
                trackId,
                in.requiredText(),
                in.smallNumber(),
                in.flag(),
                span(),
                in.requiredText(),
                in.each(this::word),
                in.smallNumber(),
                in.text(),
                new Hypothesis.Provenance(
                        in.text(),
                        in.text(),
                        in.optional(in::smallNumber),
                        in.optional(in::number),
                        in.optional(in::number)),
                new Hypothesis.CaptureTimes(in.time(), in.time(), in.time(), in.number()));
    }

    private Word word() {
        return new Word(
                in.requiredText(),
                in.number(),
                in.number(),
                in.optional(() -> Float.intBitsToFloat((int) in.number())));
    }

    private Spans spans() {
        return new Spans(in.each(this::span));
    }

    private Span span() {
        return new Span(in.number(), in.number());
    }
}
