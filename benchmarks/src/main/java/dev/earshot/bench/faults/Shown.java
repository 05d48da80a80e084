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
     * @param stillMicros since text had last come, or since that sound where it is younger
     */
    record Wait(long endedMicros, long micros, long stillMicros) {}

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
            long lastAt = unseenFrom;
            for (Shown news : shown) {
                if (news.heardToMicros() > unseenFrom && unseenFrom < turn.endMicros()) {
                    long stillFrom = Math.max(unseenFrom, lastAt);
                    waits.add(new Wait(news.atMicros(), news.atMicros() - unseenFrom, news.atMicros() - stillFrom));
                    unseenFrom = news.heardToMicros();
                }
                lastAt = news.atMicros();
            }
        }
        return waits;
    }
}
