/** Between the records on the topics and the values of the fold. */
@NullMarked
package dev.earshot.segment.wire;

import org.jspecify.annotations.NullMarked;
