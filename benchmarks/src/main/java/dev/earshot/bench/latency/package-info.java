/**
 * How long it takes from a spoken word to its text on a client, and to its row in Postgres: paced tracks in at the audio
 * topic, real event streams out of the API, the truth about when somebody speaks taken from the audio itself.
 */
@NullMarked
package dev.earshot.bench.latency;

import org.jspecify.annotations.NullMarked;
