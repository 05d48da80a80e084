package dev.earshot.bot.page;

import dev.earshot.bot.domain.Person;
import dev.earshot.bot.domain.Presence;
import java.time.Instant;
import java.util.List;

/** One thing that the scripts in the page say. */
public sealed interface PageMessage {

    /**
     * Sound of one track.
     *
     * @param track the page's number of the track: 0, 1, 2, …
     * @param sequence 0, 1, 2, … per track, dense
     * @param capturedAt wall clock of the first sample
     * @param lostSamples how many samples are zeros that stand in for lost ones
     * @param samples 16 kHz mono, at most 100 ms
     */
    record Burst(int track, long sequence, Instant capturedAt, int lostSamples, short[] samples)
            implements PageMessage {}

    /** A page begins: the first one, one that was opened in its place, or the same one loaded anew. Its tracks are new. */
    record PageStarted() implements PageMessage {}

    /** A track was found; {@code source} says where: {@code peer}, {@code element} or {@code mix}. */
    record TrackFound(int track, String mediaId, String source) implements PageMessage {}

    /** A track has ended; no more sound of it follows. */
    record TrackEnded(int track) implements PageMessage {}

    /** A track carries the voice of one participant and nobody else. */
    record TrackOwned(int track, String participantId) implements PageMessage {}

    /** The page lives. {@code unsent} counts calls that did not get out, over all time. */
    record Beat(int liveTracks, long unsent, List<String> errors) implements PageMessage {}

    /** Everybody in the room but the bot, as of {@code at}. */
    record People(Instant at, List<Person> people) implements PageMessage {}

    /** Where the page says that the bot is. */
    record PresenceSeen(Presence presence) implements PageMessage {}
}
