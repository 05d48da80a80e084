package dev.earshot.bench.faults;

import java.time.Instant;

/**
 * Something broke. Wall clock.
 *
 * @param broken when
 * @param mended when what does not come back by itself was started again
 */
record Break(Instant broken, Instant mended) {}
