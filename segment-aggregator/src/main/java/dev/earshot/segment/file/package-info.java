/** The filter's rules, from a file that may change. */
@NullMarked
package dev.earshot.segment.file;

import org.jspecify.annotations.NullMarked;
