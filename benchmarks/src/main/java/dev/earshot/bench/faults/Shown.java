package dev.earshot.bench.faults;

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
     * The longest that a client waited for what was said: over all sounds of all turns, from the sound until text was shown
     * that needed audio at least as new. Microseconds. What was never shown is left out: the texts tell of that.
     *
     * @param shown in the order of time
     */
    static long longestWait(List<Shown> shown, List<Turn> turns) {
        long longest = 0;
        for (Turn turn : turns) {
            long unseenFrom = turn.startMicros();
            for (Shown news : shown) {
                if (news.heardToMicros() > unseenFrom && unseenFrom < turn.endMicros()) {
                    longest = Math.max(longest, news.atMicros() - unseenFrom);
                    unseenFrom = news.heardToMicros();
                }
            }
        }
        return longest;
    }
}
