/** Tests of the fold. */
@NullMarked
package dev.earshot.segment.domain;

import org.jspecify.annotations.NullMarked;
