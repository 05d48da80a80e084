/**
 * Publishing to topics and receiving from them: the only code that knows reactor-kafka, the schema registry's REST API and
 * Confluent's wire format. What the bytes mean is declared in {@code dev.earshot.schema}.
 */
@NullMarked
package dev.earshot.eventlog;

import org.jspecify.annotations.NullMarked;
