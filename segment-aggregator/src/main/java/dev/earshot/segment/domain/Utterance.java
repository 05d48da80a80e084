package dev.earshot.segment.domain;

import java.time.Instant;

/**
 * An utterance that is not confirmed yet.
 *
 * @param newest the hypothesis that counts
 * @param revisedAt wall clock at which it arrived
 */
public record Utterance(Hypothesis newest, Instant revisedAt) {

    String id() {
        return newest.utteranceId();
    }

    Span span() {
        return newest.span();
    }

    /** When a tick confirms it, unless it is revised before. */
    Instant dueAt(SegmentRules rules) {
        return revisedAt.plus(newest.isFinal() ? rules.immutabilityWindow() : rules.immutabilityThreshold());
    }

    /** Whether this must go when another utterance of the track is heard over the same audio. */
    boolean yieldsTo(Hypothesis other) {
        boolean covered = span().isMostlyIn(other.span());
        return newest.isFinal()
                ? other.isFinal() && covered
                : covered || other.span().isMostlyIn(span());
    }
}
