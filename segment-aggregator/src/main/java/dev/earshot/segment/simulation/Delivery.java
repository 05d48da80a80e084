package dev.earshot.segment.simulation;

import org.apache.avro.specific.SpecificRecord;

/**
 * A record on one of the fold's input topics and when the fold could read it.
 *
 * @param atMs milliseconds since the meeting began
 */
record Delivery(long atMs, SpecificRecord record) {}
