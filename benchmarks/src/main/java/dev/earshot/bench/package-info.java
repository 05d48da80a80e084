/** The benchmarks of the design's numbers, each a command: what it prints a table of, it also writes as JSON. */
@NullMarked
package dev.earshot.bench;

import org.jspecify.annotations.NullMarked;
