package dev.earshot.segment.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * An utterance that is not confirmed yet.
 *
 * @param newest the hypothesis that counts
 * @param revisedAt wall clock at which it arrived, or at which the worker was found to have gone past it
 * @param isPassed whether the worker has gone past its audio: if a final is to come, it is on its way
 */
public record Utterance(Hypothesis newest, Instant revisedAt, boolean isPassed) {

    String id() {
        return newest.utteranceId();
    }

    Span span() {
        return newest.span();
    }

    /**
     * How long after {@link #revisedAt} a tick confirms it, unless it is revised before. Without a sign that the worker has
     * gone on, its audio may still be waiting for a worker that is behind, or for the next one: slow beats lossy.
     */
    Duration wait(SegmentRules rules) {
        if (newest.isFinal()) {
            return rules.immutabilityWindow();
        }
        return isPassed ? rules.immutabilityThreshold() : rules.longestWait();
    }

    Instant dueAt(SegmentRules rules, Instant listeningSince) {
        return Event.Tick.due(wait(rules), revisedAt, listeningSince);
    }

    /** The same, passed now; the same object when that was known, or does not matter any more. */
    Utterance passed(Instant at) {
        return isPassed || newest.isFinal() ? this : new Utterance(newest, at, true);
    }

    /** Whether this must go when another utterance of the track is heard over the same audio. */
    boolean yieldsTo(Hypothesis other) {
        boolean covered = span().isMostlyIn(other.span());
        return newest.isFinal()
                ? other.isFinal() && covered
                : covered || other.span().isMostlyIn(span());
    }
}
