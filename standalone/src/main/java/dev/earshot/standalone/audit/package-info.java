/**
 * The invariant checker: holds what the topics, Postgres and the API say of a meeting against each other and against its
 * audio. {@code MeetingAudit} decides, purely; the rest brings the evidence.
 */
@NullMarked
package dev.earshot.standalone.audit;

import org.jspecify.annotations.NullMarked;
