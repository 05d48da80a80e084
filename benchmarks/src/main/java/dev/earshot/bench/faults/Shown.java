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
     * @param stillMicros the longest in it without any text, while there was sound to wait for
     */
    record Wait(long endedMicros, long micros, long stillMicros) {}

    /**
     * How long a client waited for what was said: over all sounds of all turns, from the sound until text was shown that needed
     * audio at least as new. What was not shown until they stopped looking is waited for until then.
     *
     * @param shown in the order of time
     * @param untilMicros when they stopped looking, since the session's start
     */
    static List<Wait> waits(List<Shown> shown, List<Turn> turns, long untilMicros) {
        List<Wait> waits = new ArrayList<>();
        for (Turn turn : turns) {
            long unseenFrom = turn.startMicros();
            long lastAt = unseenFrom;
            long still = 0;
            for (Shown news : shown) {
                if (unseenFrom >= turn.endMicros()) {
                    break;
                }
                still = Math.max(still, news.atMicros() - Math.max(unseenFrom, lastAt));
                lastAt = news.atMicros();
                if (news.heardToMicros() > unseenFrom) {
                    waits.add(new Wait(news.atMicros(), news.atMicros() - unseenFrom, still));
                    unseenFrom = news.heardToMicros();
                    still = 0;
                }
            }
            if (unseenFrom < turn.endMicros()) {
                still = Math.max(still, untilMicros - Math.max(unseenFrom, lastAt));
                waits.add(new Wait(untilMicros, untilMicros - unseenFrom, still));
            }
        }
        return waits;
    }
}
