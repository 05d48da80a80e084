package dev.earshot.standalone.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much what was heard is like what was said: normalised correlation of one-second windows, at the best lag near the one
 * that the first window has. 1 is the same, 0 is unrelated.
 */
final class Likeness {

    private static final int WINDOW = 16_000;
    /** Jitter buffers stretch and squeeze: the lag wanders by some tens of milliseconds. */
    private static final int WANDER = 960;

    private static final int FIRST_SEARCH = 8_000;
    private static final double AUDIBLE = 200;

    private Likeness() {}

    /** Median over all windows in which something was heard; 0 when nothing was. {@code expectedLag} in samples. */
    static double median(short[] heard, short[] said, int expectedLag) {
        List<Double> found = new ArrayList<>();
        int lag = expectedLag;
        boolean first = true;
        for (int from = 0; from + WINDOW <= heard.length; from += WINDOW) {
            if (level(heard, from) < AUDIBLE) {
                continue;
            }
            int reach = first ? FIRST_SEARCH : WANDER;
            int best = lag;
            double bestLikeness = -1;
            for (int candidate = lag - reach; candidate <= lag + reach; candidate += 2) {
                double likeness = correlation(heard, from, said, from - candidate);
                if (likeness > bestLikeness) {
                    bestLikeness = likeness;
                    best = candidate;
                }
            }
            found.add(bestLikeness);
            if (bestLikeness > 0.7) {
                lag = best;
                first = false;
            }
        }
        Collections.sort(found);
        return found.isEmpty() ? 0 : found.get(found.size() / 2);
    }

    private static double level(short[] samples, int from) {
        double power = 0;
        for (int i = from; i < from + WINDOW; i++) {
            power += (double) samples[i] * samples[i];
        }
        return Math.sqrt(power / WINDOW);
    }

    private static double correlation(short[] heard, int from, short[] said, int at) {
        double product = 0;
        double power = 1;
        double other = 1;
        for (int i = 0; i < WINDOW; i += 2) {
            int source = at + i;
            double x = heard[from + i];
            double y = source < 0 || source >= said.length ? 0 : said[source];
            product += x * y;
            power += x * x;
            other += y * y;
        }
        return product / Math.sqrt(power * other);
    }
}
