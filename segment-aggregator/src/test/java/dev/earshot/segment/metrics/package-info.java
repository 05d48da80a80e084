/** Tests of the meters. */
@NullMarked
package dev.earshot.segment.metrics;

import org.jspecify.annotations.NullMarked;
