/**
 * A schema registry for Avro that speaks the Confluent REST API and keeps its state in the compacted topic
 * {@code _schemas}. {@code RegistryState} decides, {@code SchemaLog} stores, {@code RegistryRoutes} maps HTTP.
 */
@NullMarked
package dev.earshot.localstack.registry;

import org.jspecify.annotations.NullMarked;
