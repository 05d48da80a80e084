/**
 * Starts the servers that Earshot needs, from Maven Central jars, and ends them again: a Kafka broker in this JVM,
 * PostgreSQL and Redis as child processes, a schema registry. Everything listens on 127.0.0.1 only.
 */
@NullMarked
package dev.earshot.localstack;

import org.jspecify.annotations.NullMarked;
