package dev.earshot.bot;

import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.TrackInfo;
import dev.earshot.audio.TrackWriter;
import dev.earshot.audio.domain.AudioTime;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.bot.domain.BotOrder;
import dev.earshot.bot.domain.Person;
import dev.earshot.bot.domain.Roster;
import dev.earshot.bot.page.PageMessage;
import dev.earshot.schema.avro.SpeakerEventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stay's sound and people on one time axis: sample 0 is the moment of construction's {@code startedAt}, and every track
 * begins where it was first captured. Belongs to the bot's thread.
 */
final class CaptureSession {

    /** A track of the page as a track of the session. */
    private static final class Track {
        private final TrackWriter writer;
        private long nextSample;
        private long nextSequence;
        private final long firstSample;
        private @Nullable String owner;
        private boolean ended;

        private Track(TrackWriter writer, long firstSample) {
            this.writer = writer;
            this.firstSample = firstSample;
            this.nextSample = firstSample;
        }
    }

    private final BotOrder order;
    private final Instant startedAt;
    private final AudioPublisher publisher;
    private final AudioFeed feed;
    private final BotReport report;
    private final Map<Integer, Track> tracks = new HashMap<>();
    private final Map<Integer, String> owners = new HashMap<>();
    private final Map<String, Person> everSeen = new HashMap<>();
    private final List<String> trackIds = new ArrayList<>();
    private Roster roster = Roster.empty();
    private DecodingOptions options;

    CaptureSession(BotOrder order, Instant startedAt, AudioPublisher publisher, AudioFeed feed, BotReport report) {
        this.order = order;
        this.startedAt = startedAt;
        this.publisher = publisher;
        this.feed = feed;
        this.report = report;
        this.options = order.options();
        report.sessionStarted(startedAt);
    }

    /** Participants besides the bot. */
    int others() {
        return roster.size();
    }

    /** What is asked for from now on. */
    void options(DecodingOptions newOptions) {
        options = newOptions;
        tracks.values().forEach(track -> track.writer.options(newOptions));
    }

    void on(PageMessage message) {
        if (message instanceof PageMessage.Burst burst) {
            hear(burst);
        } else if (message instanceof PageMessage.PageStarted) {
            beginPage();
        } else if (message instanceof PageMessage.TrackFound found) {
            // Numbers are not used twice on a page; should one be, it is another track.
            end(found.track());
            owners.remove(found.track());
        } else if (message instanceof PageMessage.TrackOwned owned) {
            owners.put(owned.track(), owned.participantId());
            assign(owned.track());
        } else if (message instanceof PageMessage.TrackEnded ended) {
            end(ended.track());
        } else if (message instanceof PageMessage.People people) {
            see(people);
        }
    }

    /** Ends what has not ended, says what was lost on the way and returns the ids of all tracks there ever were. */
    List<String> close() {
        List.copyOf(tracks.keySet()).forEach(this::end);
        feed.close().ifPresent(loss -> report.error("audio_lost", loss));
        return List.copyOf(trackIds);
    }

    /** The page before is gone with its tracks, and could not say so. */
    private void beginPage() {
        report.error("page_left", "The meeting page was left or loaded anew; its tracks end here.");
        List.copyOf(tracks.keySet()).forEach(this::end);
        owners.clear();
    }

    private void hear(PageMessage.Burst burst) {
        Track track = tracks.get(burst.track());
        if (track == null) {
            track = open(burst);
        } else if (burst.sequence() != track.nextSequence) {
            // Calls of the binding were lost: the clock says how much. The writer fills the hole and counts it.
            track.nextSample = Math.max(track.nextSample, AudioTime.sampleAt(startedAt, burst.capturedAt()));
        }
        track.nextSequence = burst.sequence() + 1;
        short[] samples = burst.samples();
        // What was captured before the session began is not part of it.
        int early = (int) Math.max(0, Math.min(samples.length, -track.nextSample));
        if (early < samples.length) {
            feed.write(
                    track.writer,
                    early == 0 ? samples : Arrays.copyOfRange(samples, early, samples.length),
                    track.nextSample + early,
                    burst.capturedAt().plus(AudioTime.duration(early)),
                    Math.max(0, burst.lostSamples() - early));
        }
        track.nextSample += samples.length;
    }

    private Track open(PageMessage.Burst burst) {
        TrackWriter writer =
                publisher.open(TrackInfo.nth(order.meetingId(), order.sessionUid(), trackIds.size(), options));
        var track = new Track(writer, AudioTime.sampleAt(startedAt, burst.capturedAt()));
        tracks.put(burst.track(), track);
        trackIds.add(writer.track().trackId());
        assign(burst.track());
        return track;
    }

    private void assign(int number) {
        Track track = tracks.get(number);
        String owner = owners.get(number);
        if (track == null || owner == null || owner.equals(track.owner)) {
            return;
        }
        long atSample = track.owner == null ? Math.max(0, track.firstSample) : Math.max(0, track.nextSample);
        track.owner = owner;
        report.speaker(
                SpeakerEventType.TRACK_ASSIGNED,
                everSeen.getOrDefault(owner, new Person(owner, "", false)),
                track.writer.track().trackId(),
                atSample,
                Instant.now());
    }

    private void end(int number) {
        Track track = tracks.remove(number);
        if (track != null && !track.ended) {
            track.ended = true;
            feed.end(track.writer);
        }
    }

    private void see(PageMessage.People people) {
        people.people().forEach(person -> everSeen.put(person.id(), person));
        Roster.Update update = roster.see(people.people());
        roster = update.roster();
        long atSample = Math.max(0, AudioTime.sampleAt(startedAt, people.at()));
        for (Roster.Happening happening : update.happenings()) {
            report.speaker(type(happening.change()), happening.person(), null, atSample, people.at());
        }
    }

    private static SpeakerEventType type(Roster.Change change) {
        return switch (change) {
            case JOINED -> SpeakerEventType.JOINED;
            case LEFT -> SpeakerEventType.LEFT;
            case STARTED_SPEAKING -> SpeakerEventType.STARTED_SPEAKING;
            case STOPPED_SPEAKING -> SpeakerEventType.STOPPED_SPEAKING;
            case NAME_CHANGED -> SpeakerEventType.NAME_CHANGED;
        };
    }
}
