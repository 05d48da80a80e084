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
     * How much later than normal a client was shown what was said: for all audio that a client of another run, who heard the
     * same, was shown text of, the time until this one was. The longest of these, in microseconds; 0 when it never was late.
     *
     * @param run in the order of time
     * @param normal in the order of time
     */
    static long latest(List<Shown> run, List<Shown> normal) {
        long latest = 0;
        int next = 0;
        for (Shown expected : normal) {
            while (next < run.size() && run.get(next).heardToMicros() < expected.heardToMicros()) {
                next++;
            }
            if (next < run.size()) {
                latest = Math.max(latest, run.get(next).atMicros() - expected.atMicros());
            }
        }
        return latest;
    }
}
