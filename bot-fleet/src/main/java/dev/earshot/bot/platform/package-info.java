/** One class and one script per meeting platform: how to join, what its page shows, how to leave. */
@NullMarked
package dev.earshot.bot.platform;

import org.jspecify.annotations.NullMarked;
