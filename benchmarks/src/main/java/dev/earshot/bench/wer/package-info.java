/** How many words are heard wrong: whole utterances at once, and through the worker as in a live meeting. */
@NullMarked
package dev.earshot.bench.wer;

import org.jspecify.annotations.NullMarked;
