package dev.earshot.standalone.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much what was heard is like what was said: normalised correlation of windows of 300 ms, each at its best lag. Jitter
 * buffers stretch and squeeze sound, most of all on a busy machine: longer windows would measure that. 1 is the same, 0 is
 * unrelated.
 */
final class Likeness {

    private static final int WINDOW = 4_800;
    /** The coarse search works on every fourth sample of the smoothed signal. */
    private static final int COARSE = 4;
    /** Lags that are tried, in samples around the expected one: sound is late, never early. */
    private static final int EARLIEST = -1_600;

    private static final int LATEST = 16_000;
    private static final double AUDIBLE = 200;

    private Likeness() {}

    /** Median over all windows in which something was heard; 0 when nothing was. {@code expectedLag} in samples. */
    static double median(short[] heard, short[] said, int expectedLag) {
        short[] coarseHeard = coarse(heard);
        short[] coarseSaid = coarse(said);
        List<Double> found = new ArrayList<>();
        for (int from = 0; from + WINDOW <= heard.length; from += WINDOW) {
            if (level(heard, from) < AUDIBLE) {
                continue;
            }
            int best = 0;
            double bestLikeness = -1;
            for (int lag = expectedLag + EARLIEST; lag <= expectedLag + LATEST; lag += COARSE) {
                double likeness =
                        correlation(coarseHeard, from / COARSE, coarseSaid, (from - lag) / COARSE, WINDOW / COARSE);
                if (likeness > bestLikeness) {
                    bestLikeness = likeness;
                    best = lag;
                }
            }
            double fine = -1;
            for (int lag = best - 2 * COARSE; lag <= best + 2 * COARSE; lag++) {
                fine = Math.max(fine, correlation(heard, from, said, from - lag, WINDOW));
            }
            found.add(fine);
        }
        Collections.sort(found);
        return found.isEmpty() ? 0 : found.get(found.size() / 2);
    }

    private static short[] coarse(short[] samples) {
        short[] coarse = new short[samples.length / COARSE];
        for (int i = 2; i < coarse.length - 2; i++) {
            int sum = 0;
            for (int j = -COARSE; j < 2 * COARSE; j++) {
                sum += samples[i * COARSE + j];
            }
            coarse[i] = (short) (sum / (3 * COARSE));
        }
        return coarse;
    }

    private static double level(short[] samples, int from) {
        double power = 0;
        for (int i = from; i < from + WINDOW; i++) {
            power += (double) samples[i] * samples[i];
        }
        return Math.sqrt(power / WINDOW);
    }

    private static double correlation(short[] heard, int from, short[] said, int at, int window) {
        double product = 0;
        double power = 1;
        double other = 1;
        for (int i = 0; i < window && from + i < heard.length; i++) {
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
