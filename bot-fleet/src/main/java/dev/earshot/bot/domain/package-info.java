/** What a bot and a fleet decide: when to stay and when to leave, who spoke, who runs which session. JDK only, no clock. */
@NullMarked
package dev.earshot.bot.domain;

import org.jspecify.annotations.NullMarked;
