/**
 * Meetings that never took place, and what must hold of their transcripts: loss, repetition, disorder and dying processes,
 * all of it repeatable from a seed. The tests and the benchmarks share it; the service never calls it.
 */
@NullMarked
package dev.earshot.segment.simulation;

import org.jspecify.annotations.NullMarked;
