/** How long each speaker of a meeting has talked, and in how many words: a small Kafka Streams program. */
@NullMarked
package dev.earshot.samples.talktime;

import org.jspecify.annotations.NullMarked;
