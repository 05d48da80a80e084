/** Our own arithmetic against what other projects publish: files that are not ours to ship, in a folder that somebody names. */
@NullMarked
package dev.earshot.bench.reference;

import org.jspecify.annotations.NullMarked;
