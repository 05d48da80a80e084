package dev.earshot.segment.domain;

import dev.earshot.segment.domain.Output.LiveTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What viewers of a track must be told after a step: everything it shows now, or nothing when they would see no change. */
final class LiveDiff {

    private final Session before;
    private final Session after;
    private final Journal journal;

    LiveDiff(Session before, Session after, Journal journal) {
        this.before = before;
        this.after = after;
        this.journal = journal;
    }

    Optional<LiveTrack> of(Track track) {
        Track was = before.track(track.id());
        boolean sameBackground =
                before.speakers() == after.speakers() && Objects.equals(before.startedAt(), after.startedAt());
        // The first words on another mixed track take this one's speaker away.
        if (was == track && sameBackground && !after.speakers().isMixed(track.id())) {
            return Optional.empty();
        }
        List<Hypothesis> shown = was.visible();
        List<Hypothesis> pending = track.visible();
        Optional<Speaker> speaker = after.likelySpeakerOf(track);
        if (looksLike(shown, pending)
                && (pending.isEmpty()
                        || speaker.equals(before.likelySpeakerOf(was))
                                && Objects.equals(before.startedAt(), after.startedAt()))) {
            return Optional.empty();
        }
        var confirmed = new ArrayList<String>();
        var retracted = new ArrayList<String>();
        for (Hypothesis gone : shown) {
            String id = gone.utteranceId();
            if (pending.stream().noneMatch(left -> left.utteranceId().equals(id))) {
                (journal.hasEntered(id) ? confirmed : retracted).add(id);
            }
        }
        return Optional.of(new LiveTrack(
                after.uid(),
                track.id(),
                track.liveRevision() + 1,
                speaker.orElse(null),
                after.startedAt(),
                pending,
                List.copyOf(confirmed),
                List.copyOf(retracted)));
    }

    private static boolean looksLike(List<Hypothesis> one, List<Hypothesis> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            Hypothesis a = one.get(i);
            Hypothesis b = other.get(i);
            if (!a.utteranceId().equals(b.utteranceId())
                    || a.isFinal() != b.isFinal()
                    || a.stablePrefixWords() != b.stablePrefixWords()
                    || !a.text().equals(b.text())) {
                return false;
            }
        }
        return true;
    }
}
