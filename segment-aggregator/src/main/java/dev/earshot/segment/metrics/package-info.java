/** Meters of the aggregator. */
@NullMarked
package dev.earshot.segment.metrics;

import org.jspecify.annotations.NullMarked;
