/**
 * What Whisper's decoder is told, what it may say, and when to believe it: prompt, token rules, guards, times. All of it without
 * a model, from token ids and numbers alone.
 */
@NullMarked
package dev.earshot.asr.domain.whisper;

import org.jspecify.annotations.NullMarked;
