package dev.earshot.segment.domain;

import dev.earshot.segment.domain.Output.Ignored.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One track: the utterances that may still change, in order of their audio, and what is known of the rest.
 *
 * <p>Utterances are closed from the first on and never reopened, so one span says which audio is decided: everything before
 * the end of the one closed last.
 *
 * @param closed audio of the utterance closed last; null when none was
 * @param liveRevision of what viewers were told last
 */
public record Track(
        String id, List<Utterance> pending, @Nullable Span closed, TrackAccount account, long liveRevision) {

    private static final Comparator<Utterance> BY_AUDIO =
            Comparator.comparingLong((Utterance u) -> u.span().start()).thenComparing(Utterance::id);

    public Track {
        pending = List.copyOf(pending);
    }

    static Track named(String id) {
        return new Track(id, List.of(), null, TrackAccount.EMPTY, 0);
    }

    /**
     * The part of a hypothesis that can still become a segment; empty when none is left, or when more than half of its audio
     * is decided. A final keeps its rest even then if words lie there: nobody will say them again.
     *
     * <p>A hypothesis that goes on beyond an utterance already closed keeps only its rest, and is named by where that
     * begins: the name it came with is taken.
     */
    Optional<Hypothesis> openPart(Hypothesis heard) {
        if (closed == null || heard.span().start() >= closed.end()) {
            return Optional.of(heard);
        }
        Optional<Hypothesis> open = heard.from(closed.end());
        if (heard.span().isMostlyIn(new Span(0, closed.end()))) {
            // Without times nobody knows which words are the rest.
            open = open.filter(rest -> rest.isFinal() && !rest.words().isEmpty() && rest.hasText());
        }
        boolean nameIsTaken = heard.span().start() <= closed.start();
        return open.map(rest ->
                nameIsTaken ? rest.withUtteranceId(id + ":" + rest.span().startMs()) : rest);
    }

    /** Why a hypothesis changes nothing; empty when it does. */
    Optional<Reason> objection(Hypothesis heard) {
        for (Utterance known : pending) {
            if (known.id().equals(heard.utteranceId())) {
                if (!heard.beats(known.newest())) {
                    return Optional.of(
                            known.newest().isFinal() && !heard.isFinal() ? Reason.AFTER_FINAL : Reason.OUTDATED);
                }
            } else if (known.newest().isFinal() && heard.span().isMostlyIn(known.span())) {
                return Optional.of(Reason.AFTER_FINAL);
            }
        }
        return Optional.empty();
    }

    /** Takes a hypothesis to which there is no {@link #objection}. */
    Track hear(Hypothesis heard, Instant at) {
        var next = new ArrayList<Utterance>(pending.size() + 1);
        for (Utterance known : pending) {
            if (!known.id().equals(heard.utteranceId()) && !known.yieldsTo(heard)) {
                next.add(known);
            }
        }
        next.add(new Utterance(heard, at, false));
        next.sort(BY_AUDIO);
        return new Track(id, next, closed, account, liveRevision).passing(at);
    }

    Track account(TrackAccount newAccount, Instant at) {
        return new Track(id, pending, closed, newAccount, liveRevision).passing(at);
    }

    /** Knows of each utterance whether the worker has gone past it: accounted for its audio, or begun a later one. */
    private Track passing(Instant at) {
        long accountedTo =
                account.accounted().isEmpty() ? 0 : account.accounted().hull().end();
        var next = new ArrayList<Utterance>(pending.size());
        for (int i = 0; i < pending.size(); i++) {
            Utterance known = pending.get(i);
            boolean isPast = i + 1 < pending.size() || known.span().end() <= accountedTo;
            next.add(isPast ? known.passed(at) : known);
        }
        return new Track(id, next, closed, account, liveRevision);
    }

    Track silenced() {
        return new Track(id, List.of(), closed, account, liveRevision);
    }

    Track shown(long revision) {
        return new Track(id, pending, closed, account, revision);
    }

    /** The only utterance that may be closed next. */
    Optional<Utterance> first() {
        return pending.stream().findFirst();
    }

    /** What closing the first utterance confirms; empty when nothing was said. */
    Optional<Hypothesis> verdict() {
        Hypothesis said = pending.get(0).newest();
        return said.from(closed == null ? 0 : closed.end()).filter(Hypothesis::hasText);
    }

    /** The track after its first utterance was closed with this {@link #verdict}. */
    Track closeFirst(Optional<Hypothesis> verdict) {
        Span span = pending.get(0).span();
        Span decided = closed == null
                ? span
                : new Span(Math.max(span.start(), closed.start()), Math.max(span.end(), closed.end()));
        return new Track(
                id,
                pending.subList(1, pending.size()),
                decided,
                verdict.map(said -> account.transcribe(said.span())).orElse(account),
                liveRevision);
    }

    /** No utterance to come is expected to begin before this sample. */
    long horizon() {
        return pending.isEmpty()
                ? account.through()
                : Math.min(account.through(), pending.get(0).span().start());
    }

    /** Whether there is text of it, confirmed or not. */
    boolean hasSpoken() {
        return account.hasText() || !visible().isEmpty();
    }

    /** What viewers see: the text that may still change. */
    List<Hypothesis> visible() {
        return pending.stream()
                .map(Utterance::newest)
                .filter(Hypothesis::hasText)
                .toList();
    }
}
