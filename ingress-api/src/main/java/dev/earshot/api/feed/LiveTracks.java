package dev.earshot.api.feed;

import dev.earshot.api.domain.LiveTrack;
import reactor.core.publisher.Flux;

/** Reads the text of a meeting that may still change, one record per track. Thread-safe. */
public interface LiveTracks {

    /** The newest record of each track, in no order; empty when nothing is going on. */
    Flux<LiveTrack> of(long meetingId);
}
