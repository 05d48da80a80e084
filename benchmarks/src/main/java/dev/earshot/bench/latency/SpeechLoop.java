package dev.earshot.bench.latency;

import dev.earshot.audio.file.AudioFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The demo's ten turns of synthetic speech with pauses between them, going round and round: 16 kHz mono, about a minute, of
 * which seven tenths are speech. Knows where somebody speaks, from the audio's own energy. Immutable.
 */
public final class SpeechLoop {

    /** 16 kHz. */
    public static final int SAMPLES_PER_MS = 16;

    /** Long enough for every endpoint rule that anybody would configure. */
    private static final int PAUSE = 1200 * SAMPLES_PER_MS;

    private static final int FRAME = 10 * SAMPLES_PER_MS;

    /** Peak of a 10 ms frame below which synthetic speech, which has no noise around it, is silence: -50 dBFS. */
    private static final int SILENCE = 104;

    private final short[] samples;
    private final List<Span> turns;

    /**
     * A turn: from the first sound to the last.
     *
     * @param start first sample
     * @param end one past the last sample
     */
    public record Span(long start, long end) {}

    private SpeechLoop(short[] samples, List<Span> turns) {
        this.samples = samples;
        this.turns = turns;
    }

    /** The turns in the order of the demo. */
    public static SpeechLoop ofDemo() {
        List<short[]> turns = new ArrayList<>();
        for (String file : List.of(
                "01-alice",
                "02-bob",
                "03-alice",
                "04-bob",
                "05-carol",
                "06-alice",
                "07-carol",
                "08-bob",
                "09-carol",
                "10-alice")) {
            turns.add(read("/dev/earshot/standalone/demo/speech/" + file + ".wav"));
        }
        return of(turns);
    }

    static SpeechLoop of(List<short[]> turns) {
        short[] all =
                new short[turns.stream().mapToInt(turn -> turn.length + PAUSE).sum()];
        var spans = new ArrayList<Span>();
        int at = 0;
        for (short[] turn : turns) {
            System.arraycopy(turn, 0, all, at, turn.length);
            spans.add(spoken(turn, at));
            at += turn.length + PAUSE;
        }
        return new SpeechLoop(all, List.copyOf(spans));
    }

    /**
     * The same talk among so many people who take turns: while one speaks, the others are silent. Each has a loop of its own;
     * they belong together only at the same phase.
     *
     * @param people at most as many as there are turns
     */
    public List<SpeechLoop> among(int people) {
        if (people < 1 || people > turns.size()) {
            throw new IllegalArgumentException("people: " + people + " (expected: 1.." + turns.size() + ")");
        }
        if (people == 1) {
            return List.of(this);
        }
        return IntStream.range(0, people)
                .mapToObj(person -> saying(IntStream.range(0, turns.size())
                        .filter(turn -> turn % people == person)
                        .mapToObj(turns::get)
                        .toList()))
                .toList();
    }

    private SpeechLoop saying(List<Span> some) {
        short[] said = new short[samples.length];
        for (Span turn : some) {
            System.arraycopy(samples, (int) turn.start(), said, (int) turn.start(), (int) (turn.end() - turn.start()));
        }
        return new SpeechLoop(said, some);
    }

    private static Span spoken(short[] turn, int at) {
        int first = -1;
        int last = 0;
        for (int from = 0; from < turn.length; from += FRAME) {
            int to = Math.min(turn.length, from + FRAME);
            if (peak(turn, from, to) > SILENCE) {
                first = first < 0 ? from : first;
                last = to;
            }
        }
        return new Span(at + Math.max(0, first), at + last);
    }

    private static int peak(short[] samples, int from, int to) {
        int peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }

    private static short[] read(String resource) {
        try (InputStream in = Objects.requireNonNull(SpeechLoop.class.getResourceAsStream(resource), resource);
                AudioFile file = AudioFile.open(in, resource)) {
            short[] whole = new short[0];
            for (short[] piece = file.next(); piece != null; piece = file.next()) {
                int had = whole.length;
                whole = Arrays.copyOf(whole, had + piece.length);
                System.arraycopy(piece, 0, whole, had, piece.length);
            }
            return whole;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource, e);
        }
    }

    /** Samples in one round. */
    public int length() {
        return samples.length;
    }

    /** Copies what a track that began {@code phase} samples into the loop says from {@code first} on. */
    public void copy(long phase, long first, short[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = samples[(int) ((phase + first + i) % samples.length)];
        }
    }

    /** The turns that such a track speaks whole before it has {@code end} samples, in the track's own time. */
    List<Span> turns(long phase, long end) {
        var spoken = new ArrayList<Span>();
        for (long round = -phase; round < end; round += samples.length) {
            for (Span turn : turns) {
                if (round + turn.start() >= 0 && round + turn.end() <= end) {
                    spoken.add(new Span(round + turn.start(), round + turn.end()));
                }
            }
        }
        return spoken;
    }
}
