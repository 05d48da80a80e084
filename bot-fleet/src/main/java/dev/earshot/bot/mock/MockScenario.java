package dev.earshot.bot.mock;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a mock bot lives through. A bot named {@code mock:<scenario>} plays it.
 *
 * <p>Nobody can make a bot speak here and nothing is recorded, so {@link #SPEAK_ACK} only stays, and {@link #RECORDING}
 * brings real (silent) audio beside its words.
 */
public enum MockScenario {
    /** Three sentences, then the meeting ends. */
    NORMAL(500, 3, false, Outcome.MEETING_ENDS),
    /** Twelve sentences. */
    EMIT_N_SEGMENTS(500, 12, false, Outcome.MEETING_ENDS),
    /** Waits three seconds in the waiting room, then as {@link #NORMAL}. */
    SLOW_JOIN(3_000, 3, false, Outcome.MEETING_ENDS),
    /** As {@link #NORMAL}, with a track of real audio. */
    RECORDING(500, 3, true, Outcome.MEETING_ENDS),
    /** Stays until it is called back. */
    SPEAK_ACK(500, 0, false, Outcome.GOES_ON),
    /** Goes on hearing sentences until it is called back. */
    CONTINUE(500, Integer.MAX_VALUE, false, Outcome.GOES_ON),
    /** Stays until it is called back. */
    IMMEDIATE_STOP(500, 0, false, Outcome.GOES_ON),
    /** Nobody lets it in. */
    JOIN_TIMEOUT(Integer.MAX_VALUE, 0, false, Outcome.GOES_ON),
    /** Somebody denies the request to join. */
    REJECT(500, 0, false, Outcome.DENIED),
    /** One sentence, then it is gone without a word, as a process that was killed. */
    CRASH(500, 1, false, Outcome.CRASHES),
    /** Silent audio only; after a second everybody else leaves. */
    SILENCE_LEFT_ALONE(500, 0, true, Outcome.OTHERS_LEAVE);

    /** What becomes of the stay when all sentences are said; {@link #DENIED} in the waiting room. */
    enum Outcome {
        MEETING_ENDS,
        GOES_ON,
        DENIED,
        CRASHES,
        OTHERS_LEAVE
    }

    private static final String PREFIX = "mock:";

    private final int waitsMs;
    private final int sentences;
    private final boolean audio;
    private final Outcome outcome;

    MockScenario(int waitsMs, int sentences, boolean audio, Outcome outcome) {
        this.waitsMs = waitsMs;
        this.sentences = sentences;
        this.audio = audio;
        this.outcome = outcome;
    }

    /** Whether a bot of this name is a mock, of whatever scenario. */
    public static boolean isNamedBy(String botName) {
        return botName.startsWith(PREFIX);
    }

    /** The scenario that a mock's name asks for; empty when there is none of that name. */
    public static Optional<MockScenario> of(String botName) {
        return Stream.of(values())
                .filter(scenario -> botName.equals(PREFIX + scenario.wire()))
                .findFirst();
    }

    /** All scenarios, for messages. */
    public static List<String> names() {
        return Stream.of(values()).map(MockScenario::wire).toList();
    }

    /** As names have it: {@code slow-join}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a track of real audio is to be sent. */
    public boolean hasAudio() {
        return audio;
    }

    /** From opening the page to being let in, or not. */
    Duration waits() {
        return Duration.ofMillis(waitsMs);
    }

    /** How many sentences are said. */
    int sentences() {
        return sentences;
    }

    Outcome outcome() {
        return outcome;
    }
}
