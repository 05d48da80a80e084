/** Tests of the filter's rules. */
@NullMarked
package dev.earshot.segment.file;

import org.jspecify.annotations.NullMarked;
