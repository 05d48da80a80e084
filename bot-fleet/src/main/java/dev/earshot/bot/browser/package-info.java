/** Chromium and the Playwright driver: found, started, watched and killed. */
@NullMarked
package dev.earshot.bot.browser;

import org.jspecify.annotations.NullMarked;
