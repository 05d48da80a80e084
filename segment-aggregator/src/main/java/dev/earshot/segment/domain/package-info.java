/**
 * The decision when text may never change again: {@link dev.earshot.segment.domain.SegmentFold} and the small immutable
 * values it is made of. JDK only; no clock, no I/O. All audio times are sample indices at 16 kHz on the session's audio
 * time axis, all wall-clock times arrive with the events.
 */
@NullMarked
package dev.earshot.segment.domain;

import org.jspecify.annotations.NullMarked;
