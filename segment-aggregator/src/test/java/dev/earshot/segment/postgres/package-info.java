/** Tests of the PostgreSQL sink. */
@NullMarked
package dev.earshot.segment.postgres;

import org.jspecify.annotations.NullMarked;
