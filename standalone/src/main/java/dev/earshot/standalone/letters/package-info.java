/** Dead letters on the command line: {@code ./earshot dlq list}, {@code show} and {@code replay}. */
@NullMarked
package dev.earshot.standalone.letters;

import org.jspecify.annotations.NullMarked;
