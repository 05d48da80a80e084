/** What a bot costs: processor, memory, and space in Kafka. */
@NullMarked
package dev.earshot.bench.bots;

import org.jspecify.annotations.NullMarked;
