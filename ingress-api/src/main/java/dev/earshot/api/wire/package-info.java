/** Avro records on the topics and in the live view, to and from what the API thinks in. */
@NullMarked
package dev.earshot.api.wire;

import org.jspecify.annotations.NullMarked;
