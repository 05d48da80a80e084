package dev.earshot.api.postgres;

import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.schema.TranscriptTable;
import java.util.function.LongFunction;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Deletes what was said in a meeting, and what tells which meeting it was. Thread-safe. */
public final class MeetingRemoval {

    private final Meetings meetings;
    private final LongFunction<Mono<Void>> erase;
    private final DatabaseClient client;
    private final TransactionalOperator transactions;

    /** Removes here, and has the log erase what it holds by a meeting's id; without the one there is not the other. */
    public MeetingRemoval(Database database, Meetings meetings, LongFunction<Mono<Void>> erase) {
        this.meetings = meetings;
        this.erase = erase;
        this.client = database.client();
        this.transactions = database.transactions();
    }

    /**
     * Removes transcript, links and all but the bare record that a meeting took place, and notes that nothing more is to be
     * written of it: the end of a transcript is confirmed minutes after its meeting. Fails with {@link RefusedException} while
     * the meeting is not over.
     */
    public Mono<Void> remove(long meetingId) {
        return meetings.locked(meetingId)
                .flatMap(meeting -> meeting.status().isTerminal()
                        ? forget(meeting).then(Mono.defer(() -> erase.apply(meetingId)))
                        : Mono.error(new RefusedException(
                                409,
                                "Meeting not finalized; cannot delete transcripts. Current status: "
                                        + meeting.status().wire())))
                .as(transactions::transactional);
    }

    private Mono<Void> forget(Meeting meeting) {
        return noteDeleted(meeting)
                .then(deleteFrom(TranscriptTable.SEGMENTS, meeting))
                .then(deleteFrom("earshot.share_links", meeting))
                .then(deleteFrom("earshot.webhook_deliveries", meeting))
                .then(client.sql("update earshot.meetings set native_meeting_id = null, data = :data,"
                                + " updated_at = now() where id = :meeting")
                        .bind("data", JsonColumn.write(meeting.redactedData()))
                        .bind("meeting", meeting.id())
                        .then());
    }

    private Mono<Void> noteDeleted(Meeting meeting) {
        return client.sql("insert into " + TranscriptTable.DELETED
                        + " (meeting_id) values (:meeting) on conflict do nothing")
                .bind("meeting", meeting.id())
                .then();
    }

    /** Removes what was being written while its meeting was removed. */
    Mono<Void> sweep() {
        return client.sql("delete from " + TranscriptTable.SEGMENTS + " s using " + TranscriptTable.DELETED
                        + " d where s.meeting_id = d.meeting_id")
                .then();
    }

    private Mono<Void> deleteFrom(String table, Meeting meeting) {
        return client.sql("delete from " + table + " where meeting_id = :meeting")
                .bind("meeting", meeting.id())
                .then();
    }
}
