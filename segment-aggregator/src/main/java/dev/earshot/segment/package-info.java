/** Hypotheses in, transcript out: the service, its settings and what it tells about itself. */
@NullMarked
package dev.earshot.segment;

import org.jspecify.annotations.NullMarked;
