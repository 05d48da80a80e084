package dev.earshot.api.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger: an event, and what became of telling it.
 *
 * @param user e-mail address of whom it is for
 * @param attempts how often it was sent
 * @param nextAttemptAt when it is sent next; null when it is not
 * @param finishedAt when it was settled; null while it is not
 * @param lastStatus HTTP status of the newest answer; null when there was none
 * @param lastError why the newest attempt failed, one sentence; null when it did not
 */
public record WebhookDelivery(
        String eventId,
        String eventType,
        String user,
        long meetingId,
        Outcome outcome,
        int attempts,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant finishedAt,
        @Nullable Integer lastStatus,
        @Nullable String lastError) {

    /** What became of it. */
    public enum Outcome {
        QUEUED,
        DELIVERED,
        /** The user does not want such events. */
        SUPPRESSED,
        /** The address leads where we do not go. */
        BLOCKED,
        FAILED
    }
}
