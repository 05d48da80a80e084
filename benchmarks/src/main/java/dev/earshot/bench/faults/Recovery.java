package dev.earshot.bench.faults;

/**
 * How long clients waited after something broke.
 *
 * @param brokenSeconds the longest for what was said until it was mended: somebody else takes over
 * @param mendedSeconds the longest for what was said after that: what was started again takes its share back
 * @param stillSeconds the longest with no news of somebody who spoke
 */
record Recovery(double brokenSeconds, double mendedSeconds, double stillSeconds) {}
