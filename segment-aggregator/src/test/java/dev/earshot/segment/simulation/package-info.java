/** Tests of the simulation, and the simulation as a test. */
@NullMarked
package dev.earshot.segment.simulation;

import org.jspecify.annotations.NullMarked;
