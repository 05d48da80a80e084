/**
 * The ASR worker: takes its share of {@code audio.chunk.v1}, finds speech on every track, decodes many tracks at once, and
 * publishes hypotheses to {@code asr.hypothesis.v1}. What it decides is in {@code domain}; here it meets Kafka, threads and
 * the clock.
 */
@NullMarked
package dev.earshot.asr;

import org.jspecify.annotations.NullMarked;
