/** What the aggregator and its sinks make of a processor, from hypotheses on their topic to live view and committed rows. */
@NullMarked
package dev.earshot.bench.sink;

import org.jspecify.annotations.NullMarked;
