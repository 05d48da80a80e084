/** Breaks something while people speak, and looks at what that cost: audio, text twice, other words, time. */
@NullMarked
package dev.earshot.bench.faults;

import org.jspecify.annotations.NullMarked;
