/** Joins meetings in a browser, captures each participant and reports what happens in the room. */
@NullMarked
package dev.earshot.bot;

import org.jspecify.annotations.NullMarked;
