/** Reads audio files: WAV by itself, everything else through ffmpeg. */
@NullMarked
package dev.earshot.audio.file;

import org.jspecify.annotations.NullMarked;
