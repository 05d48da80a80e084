/** A service as a process: the options with which it reaches the log, what it says of itself, and how it lives and ends. */
@NullMarked
package dev.earshot.eventlog.app;

import org.jspecify.annotations.NullMarked;
