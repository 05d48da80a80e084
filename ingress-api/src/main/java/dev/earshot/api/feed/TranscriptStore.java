package dev.earshot.api.feed;

import dev.earshot.api.domain.TranscriptEntry;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads what is known of a meeting for good. An entry may be on its topic shortly before it is here.
 *
 * <p>Thread-safe; errors are those of the server behind it.
 */
public interface TranscriptStore {

    /** What a feed has to say about its meeting besides the transcript. */
    record About(long meetingId, long userId, String platform, @Nullable String nativeMeetingId, String status) {}

    /**
     * Whether the transcript can still grow.
     *
     * @param ended whether the meeting is over and its transcript whole, or given up on
     * @param last cursor of the newest entry; 0 when there is none
     */
    record Ending(boolean ended, long last) {}

    /** Entries with a cursor greater than the given one, in order, at most so many. */
    Flux<TranscriptEntry> after(long meetingId, long cursor, int limit);

    /** The newest entries, in order, at most so many. */
    Flux<TranscriptEntry> newest(long meetingId, int limit);

    /** Empty when there is no such meeting, or its transcript was deleted. */
    Mono<About> about(long meetingId);

    /** Which of these meetings had their transcript deleted. */
    Flux<Long> deleted(Collection<Long> meetingIds);

    /** Whether there is more to come. A meeting that has long ended is not waited for ({@code now}). */
    Mono<Ending> ending(long meetingId, Instant now);
}
