package dev.earshot.segment.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A meeting that never took place. Each track's worker goes through the audio, says what it hears and accounts for it; now
 * and then it dies and another begins again where the account ends, with revisions from 1 and now and then with utterances
 * cut some milliseconds later. Records of a track keep their order, but may be lost (partials and accounts), come twice, or
 * come again much later.
 */
final class SimulatedMeeting {

    private static final int LOST_RECORDS_PERCENT = 5;
    private static final int REPEATED_RECORDS_PERCENT = 10;

    private final Random random;
    private final FoldedMeeting meeting = new FoldedMeeting();
    private final List<Event> told = new ArrayList<>();
    private final Set<String> certain = new HashSet<>();
    private final Set<String> possible = new HashSet<>();
    private long audio;
    private long lost;

    SimulatedMeeting(Random random) {
        this.random = random;
    }

    /** Texts that must be in the transcript, as they are. */
    Set<String> certain() {
        return certain;
    }

    /** Words that may be in it. */
    Set<String> possible() {
        return possible;
    }

    /** Samples captured. */
    long audio() {
        return audio;
    }

    /** Samples declared lost. */
    long lost() {
        return lost;
    }

    FoldedMeeting run() {
        var queues = new ArrayList<List<Event>>();
        var tracks = new ArrayList<String>();
        int trackCount = 1 + random.nextInt(3);
        for (int t = 0; t < trackCount; t++) {
            tracks.add(FoldedMeeting.SESSION + ":t" + t);
            queues.add(track(tracks.get(t)));
        }
        boolean endsEarly = random.nextBoolean();
        if (endsEarly) {
            meeting.endSession(tracks.toArray(String[]::new));
        }
        deliver(queues);
        if (!endsEarly) {
            meeting.endSession(tracks.toArray(String[]::new));
        }
        meeting.tick(SegmentRules.DEFAULTS.patience());
        for (int i = 0; i < 10; i++) {
            tell(told.get(random.nextInt(told.size())));
        }
        return meeting;
    }

    private void deliver(List<List<Event>> queues) {
        var waiting = new ArrayList<>(
                queues.stream().filter(queue -> !queue.isEmpty()).toList());
        while (!waiting.isEmpty()) {
            List<Event> queue = waiting.get(random.nextInt(waiting.size()));
            Event event = queue.remove(0);
            waiting.removeIf(List::isEmpty);
            tell(event);
            if (percent(REPEATED_RECORDS_PERCENT)) {
                tell(told.get(random.nextInt(told.size())));
            }
            meeting.tick(Duration.ofMillis(random.nextInt(400)));
        }
    }

    private void tell(Event event) {
        told.add(event);
        // The fold is told when it is told, not when the record was written.
        meeting.fold(
                event instanceof Event.Heard heard
                        ? new Event.Heard(meeting.now(), heard.hypothesis())
                        : retold((Event.Accounted) event));
    }

    private Event retold(Event.Accounted accounted) {
        return new Event.Accounted(
                meeting.now(),
                accounted.sessionUid(),
                accounted.trackId(),
                accounted.span(),
                accounted.gaps(),
                accounted.endOfTrack());
    }

    /** All that workers say about one track. */
    private List<Event> track(String track) {
        var said = new ArrayList<Event>();
        long first = random.nextInt(5000);
        long at = first + 100;
        said.add(account(track, first, at, List.of(), false));
        int spells = random.nextInt(12);
        for (int i = 0; i < spells; i++) {
            if (percent(20)) {
                long end = at + 200L * (1 + random.nextInt(5));
                Gap gap = FoldedMeeting.lost(at, end);
                said.add(account(track, at, end, List.of(gap), false));
                lost += gap.span().length();
                at = end;
            } else {
                at = utterance(track, at, said);
            }
        }
        said.add(account(track, at, at + 400, List.of(), true));
        audio += FoldedMeeting.span(first, at + 400).length();
        return said;
    }

    private long utterance(String track, long from, List<Event> said) {
        long start = from + 100 + random.nextInt(3000);
        long end = start + 300 + random.nextInt(6000);
        String text = words(track, start);
        int partials = random.nextInt(4);
        for (int revision = 1; revision <= partials; revision++) {
            Event partial =
                    heard(FoldedMeeting.partial(track, start, start + (end - start) * revision / 4, revision, text));
            if (!percent(LOST_RECORDS_PERCENT)) {
                said.add(partial);
            }
        }
        boolean died = percent(10);
        long cut = died && random.nextBoolean() ? start + random.nextInt(64) : start;
        said.add(heard(FoldedMeeting.finished(track, cut, end, died ? 1 : partials + 1, text)));
        if (died && percent(50)) {
            // The final was said, the account was not: the next worker says it all again.
            said.add(heard(FoldedMeeting.partial(track, cut, end - 100, 1, text)));
            said.add(heard(FoldedMeeting.finished(track, cut, end, 2, text)));
        }
        if (!percent(LOST_RECORDS_PERCENT)) {
            said.add(account(track, from, end, List.of(), false));
        }
        return end;
    }

    private String words(String track, long start) {
        String text = "of" + track + " at" + start;
        certain.add(text);
        possible.addAll(List.of(text.split(" ")));
        return text;
    }

    private static Event heard(Hypothesis hypothesis) {
        return new Event.Heard(FoldedMeeting.START, hypothesis);
    }

    private static Event account(String track, long startMs, long endMs, List<Gap> gaps, boolean end) {
        return new Event.Accounted(
                FoldedMeeting.START, FoldedMeeting.SESSION, track, FoldedMeeting.span(startMs, endMs), gaps, end);
    }

    private boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }
}
