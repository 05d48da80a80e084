package dev.earshot.segment.domain;

import static dev.earshot.segment.domain.FoldedMeeting.SESSION;
import static dev.earshot.segment.domain.FoldedMeeting.START;
import static dev.earshot.segment.domain.FoldedMeeting.TRACK;
import static dev.earshot.segment.domain.FoldedMeeting.finished;
import static dev.earshot.segment.domain.FoldedMeeting.lost;
import static dev.earshot.segment.domain.FoldedMeeting.partial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.earshot.segment.domain.Output.AudioLost;
import dev.earshot.segment.domain.Output.Content;
import dev.earshot.segment.domain.Output.Entry;
import dev.earshot.segment.domain.Output.Ignored.Reason;
import dev.earshot.segment.domain.Output.SessionComplete;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the transcript of a session is whole, and what became of its audio. */
class SessionCompletenessTest {

    private static final Duration WINDOW = SegmentRules.DEFAULTS.immutabilityWindow();
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final String OTHER = "s:t1";
    private static final String THIRD = "s:t2";

    private final FoldedMeeting meeting = new FoldedMeeting();

    @Test
    void completesAtOnce_whenAllTracksAreAccountedFor() {
        meeting.hear(finished(TRACK, 1000, 2000, 1, "one"))
                .hear(partial(OTHER, 0, 500, 1, "uno"))
                .accountToEnd(TRACK, 0, 3000)
                .endSession(TRACK, OTHER);
        assertThat(meeting.entries()).isEmpty();

        meeting.accountToEnd(OTHER, 0, 1000);

        assertThat(meeting.entries())
                .extracting(Entry::content)
                .extracting(Content::id)
                .containsExactly("s:t1:0", "s:t0:1000", "s:complete");
        assertThat(meeting.state().sessions()).isEmpty();
        assertThat(meeting.state().nextSeq()).isEqualTo(4);
    }

    @Test
    void waits_whenAccountHasHole() {
        meeting.account(TRACK, 0, 1000).accountToEnd(TRACK, 2000, 3000).endSession(TRACK);
        assertThat(meeting.entries()).isEmpty();

        meeting.account(TRACK, 1000, 2000);

        assertThat(meeting.entries(SessionComplete.class)).hasSize(1);
    }

    @Test
    void balancesAccount_whateverTheOrder() {
        meeting.hear(finished(TRACK, 1000, 2000, 1, "one"))
                .tick(WINDOW)
                .account(TRACK, 0, 1500, lost(0, 200), lost(1400, 1500))
                .account(TRACK, 0, 1500, lost(0, 200))
                .account(TRACK, 1500, 4000, lost(3000, 3500))
                .hear(finished(TRACK, 3400, 3800, 1, "two"))
                .accountToEnd(TRACK, 4000, 5000)
                .endSession(TRACK);

        Coverage coverage = meeting.entries(SessionComplete.class).get(0).coverage();
        assertThat(coverage.capturedMs()).isEqualTo(5000);
        assertThat(coverage.transcribedMs()).isEqualTo(900 + 300);
        assertThat(coverage.missingMs()).isEqualTo(200 + 100 + 500);
        assertThat(coverage.silentMs()).isEqualTo(5000 - 1200 - 800);
    }

    @Test
    void recordsGapOnce() {
        meeting.account(TRACK, 0, 1000, lost(200, 400)).account(TRACK, 0, 1500, lost(200, 400), lost(1200, 1400));

        assertThat(meeting.entries(AudioLost.class))
                .extracting(AudioLost::id)
                .containsExactly("s:t0:gap:200", "s:t0:gap:1200");
    }

    @Test
    void declaresUnaccountedAudioLost_whenPatienceEnds() {
        meeting.hear(finished(TRACK, 2000, 3000, 1, "two"))
                .account(TRACK, 0, 1000)
                .endSession(TRACK, OTHER)
                .tick(SegmentRules.DEFAULTS.patience().minus(MOMENT));
        assertThat(meeting.entries(SessionComplete.class)).isEmpty();

        meeting.tick(MOMENT);

        assertThat(meeting.entries(AudioLost.class)).singleElement().satisfies(hole -> {
            assertThat(hole.gap()).isEqualTo(new Gap(FoldedMeeting.span(1000, 2000), Gap.UNACCOUNTED));
        });
        assertThat(meeting.entries(SessionComplete.class).get(0).coverage())
                .isEqualTo(new Coverage(3000 * 16, 1000 * 16, 1000 * 16));
    }

    @Test
    void declaresUnheardTailAndTracksNeverHeardLost_whenPatienceEnds() {
        meeting.startSession(START)
                .assign(OTHER, "p2", "Bob", 4000)
                .hear(finished(TRACK, 1000, 2000, 1, "one"))
                .account(TRACK, 500, 2000)
                .accountToEnd(THIRD, 0, 1000)
                .endSessionAt(START.plusSeconds(10), TRACK, OTHER, THIRD)
                .tick(SegmentRules.DEFAULTS.patience());

        assertThat(meeting.entries(AudioLost.class))
                .extracting(AudioLost::trackId, AudioLost::gap)
                .containsExactly(
                        tuple(TRACK, new Gap(FoldedMeeting.span(2000, 10_000), Gap.UNACCOUNTED)),
                        tuple(OTHER, new Gap(FoldedMeeting.span(4000, 10_000), Gap.UNACCOUNTED)));
        assertThat(meeting.entries(SessionComplete.class).get(0).coverage())
                .isEqualTo(new Coverage((9500 + 6000 + 1000) * 16, 1000 * 16, (8000 + 6000) * 16));
    }

    @Test
    void declaresNoTail_whenMoreWasHeardThanTheSessionsClockSays() {
        meeting.startSession(START)
                .account(TRACK, 0, 60_000)
                .endSessionAt(START.plusSeconds(10), TRACK)
                .tick(SegmentRules.DEFAULTS.patience());

        assertThat(meeting.entries(AudioLost.class)).isEmpty();
        assertThat(meeting.entries(SessionComplete.class).get(0).coverage()).isEqualTo(new Coverage(60_000 * 16, 0, 0));
    }

    @Test
    void waitsForTracksThatWereHeard_whenTheEndNamesNone() {
        meeting.account(TRACK, 0, 1000).endSession();
        assertThat(meeting.entries()).isEmpty();

        meeting.hear(finished(TRACK, 1000, 2000, 1, "one")).accountToEnd(TRACK, 1000, 3000);

        assertThat(meeting.texts()).containsExactly("one");
        assertThat(meeting.entries(SessionComplete.class)).hasSize(1);
    }

    @Test
    void keepsWaiting_whileWorkersAreBehindButAlive() {
        meeting.account(TRACK, 0, 1000).endSession(TRACK);
        for (int i = 1; i <= 20; i++) {
            meeting.tick(SegmentRules.DEFAULTS.patience().minus(MOMENT)).account(TRACK, i * 1000L, i * 1000L + 1000);
        }

        assertThat(meeting.entries()).isEmpty();
    }

    @Test
    void endsAbandonedSession() {
        meeting.account(TRACK, 0, 1000).tick(SegmentRules.DEFAULTS.abandonedAfter());

        assertThat(meeting.entries(SessionComplete.class)).hasSize(1);
    }

    @Test
    void endsSession_whenMeetingFailedWithoutSayingSo() {
        meeting.account(TRACK, 0, 1000).move(SESSION, "failed").tick(SegmentRules.DEFAULTS.patience());

        assertThat(meeting.entries(SessionComplete.class)).hasSize(1);
    }

    @Test
    void ignoresCompleteSession_andGoesOnCountingInTheNext() {
        meeting.accountToEnd(TRACK, 0, 1000).endSession(TRACK).hear(finished(TRACK, 0, 900, 1, "one"));
        assertThat(meeting.ignored()).containsExactly(Reason.LATE);

        meeting.hear(finished("s2:t0", 0, 900, 1, "two")).tick(WINDOW);

        assertThat(meeting.entries()).extracting(Entry::seq).containsExactly(1L, 2L);
        assertThat(meeting.texts()).containsExactly("two");
    }
}
