package dev.earshot.api.feed;

import dev.earshot.api.domain.EntryOrder;
import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.domain.MeetingStatus;
import dev.earshot.api.domain.PendingText;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.TranscriptEntry.Kind;
import dev.earshot.api.feed.TranscriptStore.About;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One meeting on this node. Cold, it only remembers pending text; warm, it hands every entry to its viewers in order and
 * keeps the newest for those who come next. Thread-safe: every method holds the channel's lock, none waits for anything.
 * Viewers are told on the threads that write to them.
 */
final class MeetingChannel {

    /** What a viewer that just joined still has to be told before it follows: entries up to and including this cursor. */
    record Joined(long upTo, Frame status) {}

    private static final class Kept {

        private final TranscriptEntry entry;
        private @Nullable Frame replay;

        private Kept(TranscriptEntry entry) {
            this.entry = entry;
        }
    }

    private final long meetingId;
    private final int entriesKept;
    private final FrameEncoder encoder;
    private final PendingText pending = new PendingText();
    private final Set<Viewer> viewers = new LinkedHashSet<>();

    /** The viewers by the thread that writes to them; null when somebody has come or gone. */
    private @Nullable Map<Executor, List<Viewer>> byHome;

    private final TreeMap<Long, Kept> recent = new TreeMap<>();

    /** What was waited for in vain: first cursor to last. */
    private final TreeMap<Long, Long> missing = new TreeMap<>();

    private final List<TranscriptEntry> early = new ArrayList<>();

    private @Nullable About about;
    private @Nullable EntryOrder order;
    private boolean loading;
    private boolean ended;

    /** The farthest cursor that a viewer came with: another node may have told it what is still to come here. */
    private long farthest;

    MeetingChannel(long meetingId, int entriesKept, FrameEncoder encoder) {
        this.meetingId = meetingId;
        this.entriesKept = entriesKept;
        this.encoder = encoder;
    }

    long meetingId() {
        return meetingId;
    }

    /** From here on entries are kept until {@link #warm} says where they belong. */
    synchronized void startLoading() {
        loading = true;
    }

    /** Begins to follow, with what was read of the meeting after {@link #startLoading}. */
    synchronized void warm(About meeting, List<TranscriptEntry> newest, List<LiveTrack> live, boolean over) {
        about = meeting;
        ended = over;
        order = new EntryOrder(
                newest.isEmpty() ? 0 : newest.get(newest.size() - 1).seq());
        newest.forEach(entry -> recent.put(entry.seq(), new Kept(entry)));
        pending.confirm(newest.stream().map(TranscriptEntry::segmentId).toList());
        live.forEach(pending::replace);
        loading = false;
        early.forEach(this::entry);
        early.clear();
    }

    /** Forgets everything but pending text. */
    synchronized void cool() {
        loading = false;
        early.clear();
        order = null;
        farthest = 0;
        recent.clear();
        missing.clear();
    }

    /** Ends all feeds and forgets all that was said: it was deleted. The channel is of no use after that. */
    synchronized void forget() {
        forEachViewer(Viewer::end);
        viewers.clear();
        byHome = null;
        about = null;
        cool();
    }

    /** Takes in what a track says now. */
    synchronized void live(LiveTrack track) {
        pendingChanged(pending.replace(track));
    }

    /** Takes in an entry of the transcript; true when entries before it are missing. */
    synchronized boolean entry(TranscriptEntry entry) {
        if (loading) {
            early.add(entry);
            return false;
        }
        if (order == null) {
            pending.confirm(List.of(entry.segmentId()));
            return false;
        }
        order.offer(entry).forEach(this::publish);
        return order.hasHole();
    }

    /** Goes on without what is missing before the entries that wait, and tells the viewers. */
    synchronized void giveUpHole() {
        if (order == null || !order.hasHole()) {
            return;
        }
        long before = order.last();
        List<TranscriptEntry> ready = order.skipHole();
        Frame frame = missing(before + 1, ready.get(0).seq() - 1);
        tellNews(frame);
        ready.forEach(this::publish);
    }

    /** Remembers that entries from one cursor to another will not come; the frame that says so. */
    synchronized Frame missing(long fromSeq, long toSeq) {
        missing.put(fromSeq, toSeq);
        return encoder.missing(known(), fromSeq, toSeq);
    }

    /** Whether entries wait for others that were left out. */
    synchronized boolean hasHole() {
        return order != null && order.hasHole();
    }

    /** Cursor of the newest entry that viewers were told. */
    synchronized long last() {
        return order == null ? 0 : order.last();
    }

    /** Lets a viewer follow from now on; null when the channel is cold. */
    synchronized @Nullable Joined join(Viewer viewer) {
        EntryOrder warm = order;
        About meeting = about;
        if (warm == null || meeting == null) {
            return null;
        }
        for (Optional<String> speaker : pending.speakers()) {
            viewer.offer(encoder.pending(meeting, speaker, pending.of(speaker)));
        }
        if (ended) {
            viewer.end();
        } else {
            viewers.add(viewer);
            byHome = null;
            farthest = Math.max(farthest, viewer.cursor());
        }
        return new Joined(warm.last(), encoder.status(meeting));
    }

    synchronized void leave(Viewer viewer) {
        viewers.remove(viewer);
        byHome = null;
    }

    /** Frames of what is behind a cursor, without holes, as far as it is remembered here. */
    synchronized List<Frame> replay(long cursor, long upTo) {
        var frames = new ArrayList<Frame>();
        long at = cursor;
        while (at < upTo) {
            Frame next = remembered(at + 1);
            if (next == null) {
                break;
            }
            frames.add(next);
            at = next.seq();
        }
        return frames;
    }

    /** Frame of an entry that is not remembered here. */
    synchronized Frame encode(TranscriptEntry entry) {
        return encoder.entry(known(), entry, List.of());
    }

    synchronized List<LiveTrack> pending(List<LiveTrack> further) {
        further.forEach(pending::replace);
        return pending.tracks();
    }

    /** Sends all viewers what is not of the meeting. */
    synchronized void tell(Frame frame) {
        forEachViewer(viewer -> viewer.offer(frame));
    }

    /** Ends all feeds when everything up to the last cursor has been told; false when something is missing. */
    synchronized boolean end(long lastCursor) {
        if (order == null || order.last() < lastCursor) {
            return false;
        }
        ended = true;
        forEachViewer(Viewer::end);
        viewers.clear();
        byHome = null;
        return true;
    }

    /** Ends all feeds though more may come: their clients are to come back. */
    synchronized void cutAll(FeedCutException.Reason why) {
        forEachViewer(viewer -> viewer.cut(why));
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** Whether the meeting itself has ended, as far as we were told. */
    synchronized boolean isOver() {
        return about != null
                && MeetingStatus.of(about.status())
                        .filter(MeetingStatus::isTerminal)
                        .isPresent();
    }

    synchronized int viewers() {
        return viewers.size();
    }

    private void publish(TranscriptEntry entry) {
        // Whatever we were told before: more comes.
        ended = false;
        recent.put(entry.seq(), new Kept(entry));
        if (recent.size() > entriesKept) {
            recent.pollFirstEntry();
        }
        About meeting = about;
        if (meeting == null) {
            return;
        }
        if (entry.kind() == Kind.STATUS && entry.status() != null) {
            meeting = new About(
                    meetingId, meeting.userId(), meeting.platform(), meeting.nativeMeetingId(), entry.status());
            about = meeting;
        }
        Set<Optional<String>> changed = pending.confirm(List.of(entry.segmentId()));
        if (!viewers.isEmpty()) {
            var speaker = Optional.ofNullable(entry.speaker());
            tellNews(encoder.entry(meeting, entry, pending.of(speaker)));
            // Who knows the entry has not heard what its speaker has left.
            if (entry.seq() > farthest) {
                changed.remove(speaker);
            }
        }
        pendingChanged(changed);
    }

    /** Tells an entry to all viewers who do not know it yet. */
    private void tellNews(Frame frame) {
        forEachViewer(
                frame.seq() > farthest
                        ? viewer -> viewer.offer(frame)
                        : viewer -> {
                            if (frame.seq() > viewer.cursor()) {
                                viewer.offer(frame);
                            }
                        });
    }

    private void pendingChanged(Set<Optional<String>> speakers) {
        About meeting = about;
        if (meeting == null || viewers.isEmpty()) {
            return;
        }
        for (Optional<String> speaker : speakers) {
            Frame frame = encoder.pending(meeting, speaker, pending.of(speaker));
            forEachViewer(viewer -> viewer.offer(frame));
        }
    }

    private @Nullable Frame remembered(long seq) {
        Kept kept = recent.get(seq);
        if (kept == null) {
            Long until = missing.get(seq);
            return until == null ? null : encoder.missing(known(), seq, until);
        }
        if (kept.replay == null) {
            kept.replay = encoder.entry(known(), kept.entry, List.of());
        }
        return kept.replay;
    }

    private About known() {
        if (about == null) {
            throw new IllegalStateException("channel of meeting " + meetingId + " is cold");
        }
        return about;
    }

    /**
     * One task per writing thread, not one per viewer: with thousands of them, waking their threads would cost more than
     * writing. Over a copy: whose feed ends on being called leaves at once.
     */
    private void forEachViewer(Consumer<Viewer> action) {
        Map<Executor, List<Viewer>> homes = byHome;
        if (homes == null) {
            homes = viewers.stream().collect(Collectors.groupingBy(Viewer::home));
            byHome = homes;
        }
        homes.forEach((home, there) -> home.execute(() -> there.forEach(action)));
    }
}
