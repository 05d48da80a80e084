/** Tests of the live view. */
@NullMarked
package dev.earshot.segment.redis;

import org.jspecify.annotations.NullMarked;
