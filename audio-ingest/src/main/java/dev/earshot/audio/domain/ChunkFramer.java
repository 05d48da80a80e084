package dev.earshot.audio.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts bursts of any size into frames of 200 ms with a dense sequence.
 *
 * <p>Every sample index from the first one written to the last one appears in exactly one frame. What the writer skips is
 * filled with zeros and counted as lost; what it repeats is left out. Samples around a frame (the codec's history and
 * look-ahead) come along in {@link Frame#window}; before the track's start and after its end they are zero. A frame is
 * handed out as soon as its look-ahead is there. One instance per track, not thread-safe.
 */
public final class ChunkFramer {

    /** A jump over more audio than this is a broken clock, not a loss: six hours. */
    static final long LONGEST_HOLE = 6L * 3600 * AudioTime.RATE_HZ;

    private static final short[] ZEROS = new short[AudioTime.CHUNK_SAMPLES];

    private final int history;
    private final int lookahead;
    private final Consumer<Frame> out;

    /** {@code history} samples already sent, then what has been written and not sent yet. */
    private short[] buffer;

    /** Parallel to the buffer: whether a sample stands in for a lost one. */
    private boolean[] lost;

    private int filled;
    private long sequence;
    private long next = -1;
    private Instant capturedAt = Instant.EPOCH;
    private boolean ended;

    /**
     * @param history samples before each frame that the window shall contain, 0..3200
     * @param lookahead samples after each frame that the window shall contain, 0..3200
     * @param out takes each frame, in order, on the writing thread
     */
    public ChunkFramer(int history, int lookahead, Consumer<Frame> out) {
        this.history = history;
        this.lookahead = lookahead;
        this.out = out;
        this.buffer = new short[history + 2 * AudioTime.CHUNK_SAMPLES + lookahead];
        this.lost = new boolean[buffer.length];
        this.filled = history;
    }

    /**
     * Takes the next burst.
     *
     * @param samples 16 kHz mono
     * @param firstSample audio time of {@code samples[0]}, not negative
     * @param burstCapturedAt wall clock when {@code samples[0]} was captured
     * @param lostSamples how many samples of the burst are zeros standing in for lost ones, counted from its start
     */
    public void write(short[] samples, long firstSample, Instant burstCapturedAt, int lostSamples) {
        if (ended) {
            throw new IllegalStateException("the track has ended; nothing more can be written to it");
        }
        if (firstSample < 0 || lostSamples < 0 || lostSamples > samples.length) {
            throw new IllegalArgumentException("firstSample: " + firstSample + ", lostSamples: " + lostSamples
                    + " (expected: not negative, and at most " + samples.length + " lost)");
        }
        if (next < 0) {
            next = firstSample;
            capturedAt = burstCapturedAt;
        }
        fillHole(firstSample - next, firstSample);
        int repeated = (int) Math.min(samples.length, Math.max(0, next - firstSample));
        // The clock of the newest burst is the best one: carry it over to the first sample not sent yet.
        capturedAt = burstCapturedAt.minus(AudioTime.duration(firstSample - (next - pending())));
        append(samples, repeated, samples.length, Math.max(repeated, lostSamples));
    }

    /** Ends the track: hands out what is left, the last frame marked as such. An empty track has one empty frame. */
    public void end() {
        if (ended) {
            return;
        }
        ended = true;
        next = Math.max(next, 0);
        do {
            send(Math.min(pending(), AudioTime.CHUNK_SAMPLES));
        } while (pending() > 0);
    }

    /** Audio time of the sample that is expected next; -1 before the first. */
    public long nextSample() {
        return next;
    }

    private void fillHole(long hole, long firstSample) {
        if (hole > LONGEST_HOLE) {
            throw new IllegalArgumentException("firstSample: " + firstSample + " (expected: at most six hours after "
                    + next + ", where the track stands)");
        }
        for (long left = hole; left > 0; left -= ZEROS.length) {
            int zeros = (int) Math.min(left, ZEROS.length);
            append(ZEROS, 0, zeros, zeros);
        }
    }

    private void append(short[] samples, int from, int to, int lostUntil) {
        for (int at = from; at < to; ) {
            int part = Math.min(to - at, buffer.length - filled);
            System.arraycopy(samples, at, buffer, filled, part);
            for (int i = 0; i < part; i++) {
                lost[filled + i] = at + i < lostUntil;
            }
            filled += part;
            next += part;
            at += part;
            while (pending() >= AudioTime.CHUNK_SAMPLES + lookahead) {
                send(AudioTime.CHUNK_SAMPLES);
            }
        }
    }

    private int pending() {
        return filled - history;
    }

    private void send(int count) {
        int available = Math.min(filled, history + AudioTime.CHUNK_SAMPLES + lookahead);
        short[] window = new short[history + AudioTime.CHUNK_SAMPLES + lookahead];
        System.arraycopy(buffer, 0, window, 0, available);
        int lostSamples = 0;
        for (int i = history; i < history + count; i++) {
            lostSamples += lost[i] ? 1 : 0;
        }
        boolean last = ended && pending() == count;
        out.accept(new Frame(sequence++, next - pending(), count, window, lostSamples, capturedAt, last));
        System.arraycopy(buffer, count, buffer, 0, filled - count);
        System.arraycopy(lost, count, lost, 0, filled - count);
        Arrays.fill(lost, filled - count, filled, false);
        filled -= count;
        capturedAt = capturedAt.plus(AudioTime.duration(count));
    }
}
