/** What the live feed needs from the places where transcripts rest; tests stand in for them in memory. */
@NullMarked
package dev.earshot.api.port;

import org.jspecify.annotations.NullMarked;
