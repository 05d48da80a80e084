/** What the scripts in the meeting page say, as values. */
@NullMarked
package dev.earshot.bot.page;

import org.jspecify.annotations.NullMarked;
