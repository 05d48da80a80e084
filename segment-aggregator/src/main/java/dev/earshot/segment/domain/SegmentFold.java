package dev.earshot.segment.domain;

import dev.earshot.segment.domain.Event.Accounted;
import dev.earshot.segment.domain.Event.Erased;
import dev.earshot.segment.domain.Event.Heard;
import dev.earshot.segment.domain.Event.InSession;
import dev.earshot.segment.domain.Event.SessionEnded;
import dev.earshot.segment.domain.Event.SessionStarted;
import dev.earshot.segment.domain.Event.SpeakerChanged;
import dev.earshot.segment.domain.Event.StatusChanged;
import dev.earshot.segment.domain.Event.Tick;
import dev.earshot.segment.domain.Output.AudioLost;
import dev.earshot.segment.domain.Output.Ignored.Reason;
import dev.earshot.segment.domain.Output.LiveTrack;
import dev.earshot.segment.domain.Output.Segment;
import dev.earshot.segment.domain.Output.SessionComplete;
import dev.earshot.segment.domain.Output.StatusMoved;
import dev.earshot.segment.domain.TextFilter.Objection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Turns what is heard in a meeting into its transcript: decides, event by event, which text viewers see now and which text
 * never changes again.
 *
 * <ul>
 *   <li>Of an utterance the newest revision counts, and a final beats all partials. Each sample of a track belongs to at
 *       most one segment.
 *   <li>A final is confirmed when the immutability window has passed; an utterance without one when its worker has gone past
 *       it and the immutability threshold has passed, or when patience ends with a worker that is behind or gone. Utterances
 *       of a track are confirmed in order, and audio that is decided stays so.
 *   <li>Only time counts in which events were told: while nobody listened, the final may have come.
 *   <li>What the filter takes for no speech is not shown once it is final, and not confirmed.
 *   <li>A session that ended is complete when all its tracks are accounted for to their end, or when patience ends; then
 *       everything is confirmed at once and the account is closed: captured = transcribed + silent + missing.
 *   <li>Everything that stays is numbered 1, 2, 3, ... per meeting.
 *   <li>A meeting that was deleted is forgotten, and what is still said of it is not taken.
 * </ul>
 *
 * <p>A pure function: the same states and events give the same steps. Time passes only by {@link Tick}. Thread-safe.
 */
public final class SegmentFold {

    private final SegmentRules rules;
    private final TextFilter filter;

    /** A fold that lets all text through. */
    public SegmentFold(SegmentRules rules) {
        this(rules, TextFilter.NONE);
    }

    public SegmentFold(SegmentRules rules, TextFilter filter) {
        this.rules = rules;
        this.filter = filter;
    }

    public SegmentRules rules() {
        return rules;
    }

    /** Folds one event into the state of its meeting. */
    public Step step(MeetingState state, Event event) {
        var journal = new Journal(state.nextSeq(), event.at());
        if (state.isErased()) {
            journal.ignore(Reason.LATE);
            return new Step(state, journal.outputs());
        }
        if (event instanceof Erased) {
            state.sessions().values().forEach(session -> show(session, session.silenced(), journal));
            return new Step(MeetingState.ERASED, journal.outputs());
        }
        MeetingState next;
        if (event instanceof Tick tick) {
            next = pass(state, tick, journal);
        } else if (event instanceof StatusChanged change) {
            next = move(state, change, journal);
        } else {
            next = take(state, (InSession) event, journal);
        }
        return new Step(next.nextSeq(journal.nextSeq()), journal.outputs());
    }

    /** Time passed: closes what is due. */
    private MeetingState pass(MeetingState state, Tick tick, Journal journal) {
        MeetingState next = state;
        for (Session session : state.sessions().values()) {
            Session closed =
                    close(session, utterance -> tick.hasPassed(utterance.wait(rules), utterance.revisedAt()), journal);
            boolean outOfPatience = tick.hasPassed(session.wait(rules), session.lastSignAt());
            if (outOfPatience || closed != session) {
                next = conclude(next, session, closed, outOfPatience, journal);
            }
        }
        return next;
    }

    /** The meeting moved. A terminal status ends a session that did not say so itself. */
    private MeetingState move(MeetingState state, StatusChanged change, Journal journal) {
        String uid = change.sessionUid();
        if (!state.statuses().allows(uid, change.status())) {
            journal.ignore(Reason.STALE_STATUS);
            return state;
        }
        journal.enter(new StatusMoved(uid, change.status(), change.reason()));
        MeetingState next = state.with(state.statuses().after(uid, change.status()));
        Session session = uid == null ? null : state.sessions().get(uid);
        return session != null && session.ended() == null && StatusHistory.isTerminal(change.status())
                ? next.with(session.ended(new Session.Ended(null, null)).heardOf(change.at()))
                : next;
    }

    /** Something happened in a session. */
    private MeetingState take(MeetingState state, InSession event, Journal journal) {
        String uid = event.sessionUid();
        if (state.complete().contains(uid)) {
            journal.ignore(Reason.LATE);
            return state;
        }
        Session known = state.sessions().get(uid);
        Session before = known == null ? Session.begin(uid, event.at()) : known;
        Session after = apply(before, event, journal).heardOf(event.at());
        return conclude(state, before, after, after.isWhole(), journal);
    }

    private Session apply(Session session, InSession event, Journal journal) {
        if (event instanceof Heard heard) {
            return hear(session, heard, journal);
        }
        if (event instanceof Accounted accounted) {
            return account(session, accounted, journal);
        }
        if (event instanceof SpeakerChanged change) {
            return session.with(session.speakers().after(change));
        }
        if (event instanceof SessionStarted started) {
            return session.startedAt() == null ? session.startedAt(started.startedAt()) : session;
        }
        var ended = (SessionEnded) event;
        return session.ended(new Session.Ended(List.copyOf(ended.trackIds()), ended.endedAt()));
    }

    private Session hear(Session session, Heard heard, Journal journal) {
        Track track = session.track(heard.hypothesis().trackId());
        Optional<Hypothesis> open = track.openPart(heard.hypothesis());
        if (open.isEmpty()) {
            journal.ignore(Reason.LATE);
            return session;
        }
        Optional<Reason> objection = track.objection(open.get());
        if (objection.isPresent()) {
            journal.ignore(objection.get());
            return session;
        }
        // A final that is no speech takes its utterance back at once; a partial may still become speech.
        Hypothesis said = open.get().isFinal() ? speechOf(open.get(), journal) : open.get();
        return session.with(track.hear(said, heard.at()));
    }

    /** The hypothesis, without its text if the filter objects to that. */
    private Hypothesis speechOf(Hypothesis said, Journal journal) {
        Optional<Objection> objection =
                said.hasText() ? filter.objection(said.text(), said.language()) : Optional.empty();
        objection.ifPresent(why -> journal.filter(said, why));
        return objection.isPresent() ? said.withoutText() : said;
    }

    private static Session account(Session session, Accounted accounted, Journal journal) {
        Track track = session.track(accounted.trackId());
        List<Gap> gaps = track.account().newIn(accounted.span(), accounted.gaps());
        enterGaps(session, track, gaps, journal);
        TrackAccount account = track.account().account(accounted.span(), gaps, accounted.endOfTrack());
        return session.with(track.account(account, accounted.at())).forgetOldTurns();
    }

    /** Closes utterances that may be, earliest audio first; what was said in them is confirmed. */
    private Session close(Session session, Predicate<Utterance> mayClose, Journal journal) {
        Session rest = session;
        Optional<Track> next = rest.nextToClose(mayClose);
        while (next.isPresent()) {
            Hypothesis heard = next.get().pending().get(0).newest();
            Optional<Hypothesis> verdict = next.get()
                    .verdict()
                    // A whole final went through the filter when it was heard.
                    .map(said -> said == heard && said.isFinal() ? said : speechOf(said, journal))
                    .filter(Hypothesis::hasText);
            if (verdict.isPresent()) {
                Speaker speaker = rest.speakerOf(verdict.get()).orElse(null);
                journal.enter(new Segment(verdict.get(), speaker, rest.startedAt()));
            }
            rest = rest.with(next.get().closeFirst(verdict));
            next = rest.nextToClose(mayClose);
        }
        return rest;
    }

    /** Tells viewers what changed, and if the session is over, confirms the rest of it and closes its account. */
    private MeetingState conclude(MeetingState state, Session before, Session after, boolean isOver, Journal journal) {
        Session closed = isOver ? close(after, utterance -> true, journal) : after;
        Session told = show(before, closed, journal);
        if (!isOver) {
            return state.with(told);
        }
        Coverage coverage = Coverage.NONE;
        for (Track track : told.allTracks()) {
            Span expected = told.expectedOf(track);
            List<Gap> unexplained = track.account().unexplained(expected);
            enterGaps(told, track, unexplained, journal);
            coverage =
                    coverage.plus(track.account().settle(expected, unexplained).coverage());
        }
        journal.enter(new SessionComplete(told.uid(), coverage, told.startedAt()));
        return state.completed(told.uid());
    }

    private static Session show(Session before, Session after, Journal journal) {
        var diff = new LiveDiff(before, after, journal);
        Session told = after;
        for (Track track : after.tracks().values()) {
            Optional<LiveTrack> news = diff.of(track);
            if (news.isPresent()) {
                journal.show(news.get());
                told = told.with(track.shown(news.get().revision()));
            }
        }
        return told;
    }

    private static void enterGaps(Session session, Track track, List<Gap> gaps, Journal journal) {
        gaps.forEach(gap -> journal.enter(new AudioLost(session.uid(), track.id(), gap, session.startedAt())));
    }
}
