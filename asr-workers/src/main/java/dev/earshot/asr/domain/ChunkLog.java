package dev.earshot.asr.domain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Where the chunks lie that a track may still need: from sample to offset, to wall clock and to what was asked for. Bounded by
 * what is not yet committed. Not thread-safe.
 */
final class ChunkLog {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final Deque<Mark> marks = new ArrayDeque<>();

    void add(Chunk chunk) {
        marks.add(new Mark(chunk.offset(), chunk.firstSample(), chunk.capturedAtMicros(), chunk.options()));
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    /** Drops the chunks before an offset. */
    void trim(long offset) {
        while (!marks.isEmpty() && marks.getFirst().offset < offset) {
            marks.removeFirst();
        }
    }

    /** Offset of the last chunk that begins at the sample or before it; the first chunk's when there is none. */
    long offsetAt(long sample) {
        return at(sample).offset;
    }

    /** Wall clock at a sample, microseconds since the epoch; samples beyond the ends are reckoned from the nearest chunk. */
    long capturedAt(long sample) {
        Mark mark = at(sample);
        return mark.capturedAtMicros + (sample - mark.firstSample) * MICROS_PER_SECOND / AudioTime.SAMPLE_RATE_HZ;
    }

    /** What was asked for at a sample. */
    DecodingOptions optionsAt(long sample) {
        return at(sample).options;
    }

    private Mark at(long sample) {
        for (Iterator<Mark> each = marks.descendingIterator(); each.hasNext(); ) {
            Mark mark = each.next();
            if (mark.firstSample <= sample) {
                return mark;
            }
        }
        return marks.getFirst();
    }

    private record Mark(long offset, long firstSample, long capturedAtMicros, DecodingOptions options) {}
}
