/** Meetings that never were: what a bot without a browser lives through, by the scenario its name asks for. No clock, no I/O. */
@NullMarked
package dev.earshot.bot.mock;

import org.jspecify.annotations.NullMarked;
