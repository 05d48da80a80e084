/** A service as a process: the options with which it reaches the log, and how it lives and ends. */
@NullMarked
package dev.earshot.eventlog.app;

import org.jspecify.annotations.NullMarked;
