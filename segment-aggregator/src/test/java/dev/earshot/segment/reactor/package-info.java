/** Tests of the batches. */
@NullMarked
package dev.earshot.segment.reactor;

import org.jspecify.annotations.NullMarked;
