/**
 * The vocabulary that all services share: the records on the topics, the catalogue of topics, and the two places where a
 * meeting's transcript rests, the Postgres schema {@code transcript} and the Redis live view.
 */
@NullMarked
package dev.earshot.schema;

import org.jspecify.annotations.NullMarked;
