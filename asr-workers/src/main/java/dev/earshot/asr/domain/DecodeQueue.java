package dev.earshot.asr.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What waits to be decoded, and who comes first: finals in order, and when none is left partials, the one that waits longest
 * first. They never share a batch, so that no final waits for the partials beside it. A track has at most one partial here, the
 * newest; a partial whose final is here is dropped. {@code J} is a job. Not thread-safe.
 */
public final class DecodeQueue<J> {

    private record Partial<J>(long startSample, J job) {}

    private record Final<J>(double seconds, J job) {}

    private final int batchMax;
    private final Deque<Final<J>> finals = new ArrayDeque<>();
    private final Map<String, Partial<J>> partials = new LinkedHashMap<>();
    private double finalSeconds;
    private long skipped;

    /** @param batchMax jobs decoded at a time, at least 1 */
    public DecodeQueue(int batchMax) {
        this.batchMax = batchMax;
    }

    public void addFinal(String track, long startSample, double seconds, J job) {
        Partial<J> partial = partials.get(track);
        if (partial != null && partial.startSample() == startSample) {
            partials.remove(track);
            skipped++;
        }
        finals.add(new Final<>(seconds, job));
        finalSeconds += seconds;
    }

    /** Replaces the track's waiting partial without losing its place. */
    public void addPartial(String track, long startSample, J job) {
        if (partials.put(track, new Partial<>(startSample, job)) != null) {
            skipped++;
        }
    }

    /** Forgets a track's partial. */
    public void forget(String track) {
        partials.remove(track);
    }

    public boolean isEmpty() {
        return finals.isEmpty() && partials.isEmpty();
    }

    /** Whether a batch would be full. */
    public boolean isFull() {
        return finals.size() + partials.size() >= batchMax;
    }

    /** Seconds of audio whose finals wait: the measure of being behind. */
    public double finalSeconds() {
        return finalSeconds;
    }

    /** Partials that were replaced or dropped before they were decoded. */
    public long skipped() {
        return skipped;
    }

    /**
     * Takes the next batch: finals, or where none waits partials. Empty when there is nothing to decode now.
     *
     * @param mostPartials how many partials may be decoded together; 0 when none shall be
     */
    public List<J> next(int mostPartials) {
        if (finals.isEmpty()) {
            return nextPartials(Math.min(batchMax, mostPartials));
        }
        var batch = new ArrayList<J>(Math.min(batchMax, finals.size()));
        while (batch.size() < batchMax && !finals.isEmpty()) {
            Final<J> next = Objects.requireNonNull(finals.poll());
            finalSeconds -= next.seconds();
            batch.add(next.job());
        }
        if (finals.isEmpty()) {
            // What sums of fractions leave is not waiting.
            finalSeconds = 0;
        }
        return batch;
    }

    private List<J> nextPartials(int most) {
        var batch = new ArrayList<J>(Math.min(most, partials.size()));
        Iterator<Partial<J>> each = partials.values().iterator();
        while (batch.size() < most && each.hasNext()) {
            batch.add(each.next().job());
            each.remove();
        }
        return batch;
    }
}
