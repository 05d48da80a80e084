package dev.earshot.api.feed;

import dev.earshot.api.domain.TranscriptEntry;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What one viewer missed: the entries behind its cursor up to another, each once and in order. A row that is late is waited
 * for, and one that does not come at all is said to be missing. For one subscriber.
 */
final class Missed {

    private final MeetingChannel channel;
    private final TranscriptStore store;
    private final Scheduler scheduler;
    private final RowPatience patience;
    private final long upTo;
    private long at;

    Missed(MeetingChannel channel, TranscriptStore store, Scheduler scheduler, RowPatience patience, Span span) {
        this.channel = channel;
        this.store = store;
        this.scheduler = scheduler;
        this.patience = patience;
        this.at = span.after;
        this.upTo = span.upTo;
    }

    /** Everything behind one cursor, up to and including another. */
    record Span(long after, long upTo) {}

    Flux<Frame> frames() {
        if (at >= upTo) {
            return Flux.empty();
        }
        return Flux.defer(this::round).repeatWhen(rounds -> rounds.takeWhile(brought -> at < upTo)
                .concatMap(brought -> brought == 0 ? Mono.delay(patience.pause(), scheduler) : Mono.just(brought)));
    }

    private Flux<Frame> round() {
        List<Frame> remembered = channel.replay(at, upTo);
        if (!remembered.isEmpty()) {
            return told(remembered);
        }
        return store.after(channel.meetingId(), at, LiveFeed.PAGE).collectList().flatMapMany(this::read);
    }

    private Flux<Frame> read(List<TranscriptEntry> rows) {
        var frames = new ArrayList<Frame>();
        long next = at + 1;
        for (TranscriptEntry row : rows) {
            if (row.seq() != next || next > upTo) {
                break;
            }
            frames.add(channel.encode(row));
            next++;
        }
        if (frames.isEmpty() && patience.isOverNow()) {
            long further = rows.isEmpty() ? Long.MAX_VALUE : rows.get(0).seq();
            frames.add(channel.missing(next, Math.min(further - 1, upTo)));
        }
        return frames.isEmpty() ? Flux.empty() : told(frames);
    }

    private Flux<Frame> told(List<Frame> frames) {
        patience.renew();
        at = frames.get(frames.size() - 1).seq();
        return Flux.fromIterable(frames);
    }
}
