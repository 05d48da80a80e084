/** Tests of the topology. */
@NullMarked
package dev.earshot.segment.streams;

import org.jspecify.annotations.NullMarked;
