/** Tests of the command. */
@NullMarked
package dev.earshot.segment.app;

import org.jspecify.annotations.NullMarked;
