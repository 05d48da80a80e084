/** The worker as a process of its own: its settings, its health, its metrics. */
@NullMarked
package dev.earshot.asr.app;

import org.jspecify.annotations.NullMarked;
