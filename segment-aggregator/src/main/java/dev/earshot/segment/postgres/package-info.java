/** Confirmed transcript entries to PostgreSQL. */
@NullMarked
package dev.earshot.segment.postgres;

import org.jspecify.annotations.NullMarked;
