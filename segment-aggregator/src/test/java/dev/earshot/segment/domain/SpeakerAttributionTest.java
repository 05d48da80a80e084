package dev.earshot.segment.domain;

import static dev.earshot.segment.domain.FoldedMeeting.SESSION;
import static dev.earshot.segment.domain.FoldedMeeting.TRACK;
import static dev.earshot.segment.domain.FoldedMeeting.finished;
import static dev.earshot.segment.domain.FoldedMeeting.partial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.segment.domain.Event.SpeakerMove;
import dev.earshot.segment.domain.Output.Segment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who said it: the right one, or unknown. */
class SpeakerAttributionTest {

    private static final Duration WINDOW = SegmentRules.DEFAULTS.immutabilityWindow();
    private static final String OTHER = "s:t1";
    private static final String THIRD = "s:t2";

    private final FoldedMeeting meeting = new FoldedMeeting();

    @Test
    void namesAssignedTrack_alsoWhenAssignmentComesLate() {
        meeting.hear(finished(TRACK, 0, 900, 1, "one")).assign(TRACK, "p1", "Ada", 300);
        assertThat(meeting.lastLive().speaker()).isEqualTo(new Speaker("p1", "Ada"));

        meeting.tick(WINDOW);

        assertThat(meeting.segments().get(0).speaker()).isEqualTo(new Speaker("p1", "Ada"));
    }

    @Test
    void followsTrack_whenItIsHandedOn() {
        meeting.assign(TRACK, "p1", "Ada", 0)
                .assign(TRACK, "p2", "Bob", 1000)
                .hear(finished(TRACK, 100, 900, 1, "one"))
                .hear(finished(TRACK, 950, 1900, 1, "two"))
                .tick(WINDOW);

        assertThat(meeting.segments())
                .extracting(Segment::speaker)
                .containsExactly(new Speaker("p1", "Ada"), new Speaker("p2", "Bob"));
    }

    @Test
    void takesLongestOverlap_whenTrackIsMixed() {
        meeting.speaker(SpeakerMove.STARTED_SPEAKING, "p1", "Ada", 0)
                .speaker(SpeakerMove.STOPPED_SPEAKING, "p1", null, 400)
                .speaker(SpeakerMove.STARTED_SPEAKING, "p2", "Bob", 400)
                .hear(finished(TRACK, 0, 1000, 1, "one"))
                .tick(WINDOW);

        assertThat(meeting.segments().get(0).speaker()).isEqualTo(new Speaker("p2", "Bob"));
    }

    @Test
    void carriesOpenTurn_howeverLongAgoItBegan() {
        meeting.speaker(SpeakerMove.STARTED_SPEAKING, "p1", "Ada", 0);
        for (int i = 0; i < 100; i++) {
            meeting.hear(finished(TRACK, i * 20_000, i * 20_000 + 19_000, 1, "on and on"))
                    .account(TRACK, i * 20_000, i * 20_000 + 20_000)
                    .tick(WINDOW);
        }

        assertThat(meeting.segments()).hasSize(100).allSatisfy(segment -> assertThat(segment.speaker())
                .isEqualTo(new Speaker("p1", "Ada")));
    }

    @Test
    void staysUnknown_whenNobodyOrTwoAlikeSpoke() {
        meeting.speaker(SpeakerMove.STARTED_SPEAKING, "p1", "Ada", 1000)
                .speaker(SpeakerMove.STARTED_SPEAKING, "p2", "Bob", 1000)
                .hear(finished(TRACK, 0, 900, 1, "one"))
                .hear(finished(TRACK, 1000, 1900, 1, "two"))
                .tick(WINDOW);

        assertThat(meeting.segments()).extracting(Segment::speaker).containsOnlyNulls();
    }

    @Test
    void relabelsPending_whenNameChanges_butNotConfirmed() {
        meeting.assign(TRACK, "p1", "Ada", 0)
                .hear(finished(TRACK, 0, 900, 1, "one"))
                .tick(WINDOW)
                .hear(finished(TRACK, 1000, 1900, 1, "two"))
                .speaker(SpeakerMove.NAMED, "p1", "Ada Lovelace", 1500);
        assertThat(meeting.lastLive().speaker()).isEqualTo(new Speaker("p1", "Ada Lovelace"));

        meeting.tick(WINDOW);

        assertThat(meeting.segments())
                .extracting(Segment::speaker)
                .containsExactly(new Speaker("p1", "Ada"), new Speaker("p1", "Ada Lovelace"));
    }

    @Test
    void forgetsTurnsThatAreDecided() {
        for (int i = 0; i < 100; i++) {
            meeting.assign(TRACK, "p" + i % 2, null, i * 1000L)
                    .speaker(SpeakerMove.STARTED_SPEAKING, "p1", "Ada", i * 1000L)
                    .speaker(SpeakerMove.STOPPED_SPEAKING, "p1", null, i * 1000L + 900)
                    .account(TRACK, i * 1000L, i * 1000L + 1000);
        }

        assertThat(meeting.state().sessions().get(SESSION).speakers().turns()).isEmpty();
    }

    @Test
    void staysUnknown_whenTheTurnMayBeHeardOnAnotherMixedTrack() {
        meeting.speaker(SpeakerMove.STARTED_SPEAKING, "p1", "Ada", 0)
                .hear(partial(OTHER, 0, 900, 1, "one"))
                .hear(partial(TRACK, 0, 800, 1, "two"));
        assertThat(meeting.lastLive().speaker()).isNull();

        meeting.hear(finished(OTHER, 0, 900, 2, "one"))
                .hear(finished(TRACK, 0, 800, 2, "two"))
                .tick(WINDOW);

        assertThat(meeting.segments()).hasSize(2).extracting(Segment::speaker).containsOnlyNulls();
    }

    @Test
    void takesTheSpeakerAway_whenAnotherMixedTrackBeginsToSpeak() {
        meeting.speaker(SpeakerMove.STARTED_SPEAKING, "p1", "Ada", 0).hear(partial(TRACK, 0, 800, 1, "one"));
        assertThat(meeting.lastLive().speaker()).isEqualTo(new Speaker("p1", "Ada"));

        meeting.hear(partial(OTHER, 0, 900, 1, "two"));

        assertThat(meeting.live())
                .filteredOn(live -> live.trackId().equals(TRACK))
                .last()
                .satisfies(live -> assertThat(live.speaker()).isNull());
    }

    @Test
    void namesMixedTrack_whenTheOtherIsKnownToBeSilent() {
        meeting.account(OTHER, 0, 1000)
                .assign(THIRD, "p2", "Bob", 0)
                .hear(finished(THIRD, 0, 900, 1, "uno"))
                .speaker(SpeakerMove.STARTED_SPEAKING, "p1", "Ada", 0)
                .hear(finished(TRACK, 0, 900, 1, "one"))
                .tick(WINDOW);

        assertThat(meeting.segments())
                .filteredOn(segment -> segment.said().trackId().equals(TRACK))
                .singleElement()
                .satisfies(segment -> assertThat(segment.speaker()).isEqualTo(new Speaker("p1", "Ada")));
    }

    @Test
    void staysUnknown_whileTheOtherMixedTrackIsNotHeardSoFar() {
        meeting.account(OTHER, 0, 500)
                .speaker(SpeakerMove.STARTED_SPEAKING, "p1", "Ada", 0)
                .hear(finished(TRACK, 0, 900, 1, "one"));
        assertThat(meeting.lastLive().speaker()).isEqualTo(new Speaker("p1", "Ada"));

        meeting.tick(WINDOW);

        assertThat(meeting.segments().get(0).speaker()).isNull();
    }
}
