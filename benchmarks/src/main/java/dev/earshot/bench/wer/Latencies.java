package dev.earshot.bench.wer;

import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.standalone.report.Percentiles;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** How long after the audio its text came, milliseconds by the wall clock. One thread at a time. */
final class Latencies {

    private final Percentiles firstPartial = new Percentiles();
    private final Percentiles finals = new Percentiles();
    private final Set<CharSequence> met = new HashSet<>();

    /** A hypothesis came. */
    void came(AsrHypothesis hypothesis, Instant now) {
        if (hypothesis.getKind() == HypothesisKind.PARTIAL && met.add(hypothesis.getUtteranceId())) {
            firstPartial.add(millis(hypothesis.getStartCapturedAt(), now));
        } else if (hypothesis.getKind() == HypothesisKind.FINAL) {
            finals.add(millis(hypothesis.getEndCapturedAt(), now));
        }
    }

    private static double millis(Instant captured, Instant now) {
        return Duration.between(captured, now).toNanos() / 1e6;
    }

    /** From the capture of an utterance's first sample to its first partial. */
    Percentiles firstPartial() {
        return firstPartial;
    }

    /** From the capture of an utterance's last sample to its final. */
    Percentiles finals() {
        return finals;
    }
}
