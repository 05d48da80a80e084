/**
 * Log-mel features: what speech models that do not take the waveform itself want to see. Each front end repeats the arithmetic
 * of the toolkit that trained the models, because a model hears a difference of a constant or of half a frame.
 */
@NullMarked
package dev.earshot.asr.domain.mel;

import org.jspecify.annotations.NullMarked;
