package dev.earshot.api.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The text of one meeting that may still change, over all its tracks.
 *
 * <p>Live text and confirmed entries come by different ways and in any order, so two rules keep the picture still: text that
 * was final and left pending because it was confirmed stays until its entry is here; and text whose entry is here is never
 * shown as pending again, however late the record that says so. Not thread-safe.
 */
public final class PendingText {

    /** Late live records reach back seconds, not hundreds of segments. */
    private static final int CONFIRMED_KEPT = 2048;

    private final Map<String, LiveTrack> tracks = new LinkedHashMap<>();
    private final LinkedHashSet<String> confirmed = new LinkedHashSet<>();

    /** Announced as confirmed, still shown, entry not here yet. */
    private final Set<String> awaited = new HashSet<>();

    /** Takes in what a track says now; returns the speakers whose pending text that may have changed. */
    public Set<Optional<String>> replace(LiveTrack track) {
        LiveTrack before = tracks.get(track.trackId());
        // An equal revision replaces: after an aborted transaction the fold says the same number again, maybe with
        // more.
        if (before != null && before.revision() > track.revision()) {
            return Set.of();
        }
        var texts = new ArrayList<LiveTrack.Text>();
        if (before != null) {
            for (LiveTrack.Text text : before.pending()) {
                if (awaitsItsEntry(text.segmentId(), track)) {
                    awaited.add(text.segmentId());
                    texts.add(text);
                }
            }
        }
        track.pending().stream()
                .filter(text -> !confirmed.contains(text.segmentId()))
                .forEach(texts::add);
        texts.sort(Comparator.comparingLong(LiveTrack.Text::startMs));
        tracks.put(track.trackId(), track.withPending(texts));
        var speakers = new LinkedHashSet<Optional<String>>();
        if (before != null && !Objects.equals(before.speaker(), track.speaker())) {
            speakers.add(Optional.ofNullable(before.speaker()));
        }
        speakers.add(Optional.ofNullable(track.speaker()));
        return speakers;
    }

    /** Takes away text whose entry has arrived; returns the speakers who lost some. */
    public Set<Optional<String>> confirm(Collection<String> segmentIds) {
        confirmed.addAll(segmentIds);
        awaited.removeAll(segmentIds);
        var oldest = confirmed.iterator();
        for (int surplus = confirmed.size() - CONFIRMED_KEPT; surplus > 0; surplus--) {
            oldest.next();
            oldest.remove();
        }
        var speakers = new LinkedHashSet<Optional<String>>();
        tracks.replaceAll((id, track) -> {
            List<LiveTrack.Text> left = track.pending().stream()
                    .filter(text -> !segmentIds.contains(text.segmentId()))
                    .toList();
            if (left.size() == track.pending().size()) {
                return track;
            }
            speakers.add(Optional.ofNullable(track.speaker()));
            return track.withPending(left);
        });
        return speakers;
    }

    /** The tracks of one speaker that have pending text; all unnamed ones count as one speaker. */
    public List<LiveTrack> of(Optional<String> speaker) {
        return tracks.values().stream()
                .filter(track -> Optional.ofNullable(track.speaker()).equals(speaker))
                .filter(track -> !track.pending().isEmpty())
                .toList();
    }

    /** Everybody who has pending text. */
    public Set<Optional<String>> speakers() {
        var speakers = new LinkedHashSet<Optional<String>>();
        for (LiveTrack track : tracks.values()) {
            if (!track.pending().isEmpty()) {
                speakers.add(Optional.ofNullable(track.speaker()));
            }
        }
        return speakers;
    }

    /** All tracks that have pending text. */
    public List<LiveTrack> tracks() {
        return tracks.values().stream()
                .filter(track -> !track.pending().isEmpty())
                .toList();
    }

    private boolean awaitsItsEntry(String id, LiveTrack now) {
        boolean announced = now.confirmed().contains(id) || awaited.contains(id);
        boolean stillThere = now.pending().stream().anyMatch(p -> p.segmentId().equals(id));
        return announced && !now.retracted().contains(id) && !stillThere && !confirmed.contains(id);
    }
}
