/** The fold under Kafka Streams: one processor between three input and two output topics. */
@NullMarked
package dev.earshot.segment.streams;

import org.jspecify.annotations.NullMarked;
