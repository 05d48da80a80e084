/** What happens to audio on its way into Kafka, as Micrometer meters. */
@NullMarked
package dev.earshot.audio.metrics;

import org.jspecify.annotations.NullMarked;
