package dev.earshot.bench.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * New text came to a client.
 *
 * @param atMicros when, since the session's start
 * @param heardToMicros capture of the last audio that it needed, since the session's start
 */
record Shown(long atMicros, long heardToMicros) {

    /**
     * Somebody spoke without a pause.
     *
     * @param startMicros first sound, since the session's start
     * @param endMicros last sound
     */
    record Turn(long startMicros, long endMicros) {}

    /**
     * A client waited for what was said.
     *
     * @param endedMicros when text came, since the session's start
     * @param micros since the sound that waited longest for it
     */
    record Wait(long endedMicros, long micros) {}

    /**
     * How long a client waited for what was said: over all sounds of all turns, from the sound until text was shown that needed
     * audio at least as new. What was never shown is left out: the texts tell of that.
     *
     * @param shown in the order of time
     */
    static List<Wait> waits(List<Shown> shown, List<Turn> turns) {
        List<Wait> waits = new ArrayList<>();
        for (Turn turn : turns) {
            long unseenFrom = turn.startMicros();
            for (Shown news : shown) {
                if (news.heardToMicros() > unseenFrom && unseenFrom < turn.endMicros()) {
                    waits.add(new Wait(news.atMicros(), news.atMicros() - unseenFrom));
                    unseenFrom = news.heardToMicros();
                }
            }
        }
        return waits;
    }
}
