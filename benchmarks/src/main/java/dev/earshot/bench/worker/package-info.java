/** What an ASR worker makes of a processor: a backlog against a bare loop over its own batches, and live tracks a core. */
@NullMarked
package dev.earshot.bench.worker;

import org.jspecify.annotations.NullMarked;
