/** Text that may still change to Redis. */
@NullMarked
package dev.earshot.segment.redis;

import org.jspecify.annotations.NullMarked;
