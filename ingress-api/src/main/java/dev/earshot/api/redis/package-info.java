/** The live view in Redis, over Lettuce. */
@NullMarked
package dev.earshot.api.redis;

import org.jspecify.annotations.NullMarked;
