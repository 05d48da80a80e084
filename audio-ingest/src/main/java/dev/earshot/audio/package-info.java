/** The one way audio gets into Kafka: whoever has samples opens a track here and writes them. */
@NullMarked
package dev.earshot.audio;

import org.jspecify.annotations.NullMarked;
