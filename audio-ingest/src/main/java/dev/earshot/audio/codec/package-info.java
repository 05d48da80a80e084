/** How the samples of one chunk become its payload. */
@NullMarked
package dev.earshot.audio.codec;

import org.jspecify.annotations.NullMarked;
