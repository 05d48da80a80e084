/** The command line of the module: options, defaults and the process around the fleet. */
@NullMarked
package dev.earshot.bot.app;

import org.jspecify.annotations.NullMarked;
