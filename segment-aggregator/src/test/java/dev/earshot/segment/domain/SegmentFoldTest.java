package dev.earshot.segment.domain;

import static dev.earshot.segment.domain.FoldedMeeting.SESSION;
import static dev.earshot.segment.domain.FoldedMeeting.START;
import static dev.earshot.segment.domain.FoldedMeeting.TRACK;
import static dev.earshot.segment.domain.FoldedMeeting.finished;
import static dev.earshot.segment.domain.FoldedMeeting.partial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.segment.domain.Output.Entry;
import dev.earshot.segment.domain.Output.Ignored.Reason;
import dev.earshot.segment.domain.Output.Segment;
import dev.earshot.segment.domain.Output.SessionComplete;
import dev.earshot.segment.domain.Output.StatusMoved;
import dev.earshot.segment.domain.TextFilter.Objection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SegmentFoldTest {

    private static final Duration WINDOW = SegmentRules.DEFAULTS.immutabilityWindow();
    private static final Duration THRESHOLD = SegmentRules.DEFAULTS.immutabilityThreshold();
    private static final Duration PATIENCE = SegmentRules.DEFAULTS.patience();
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final String OTHER = "s:t1";

    private final FoldedMeeting meeting = new FoldedMeeting();

    @Nested
    class Revisions {

        @Test
        void showsNewestRevision_whenPartialsCome() {
            meeting.hear(partial(TRACK, 0, 500, 1, "one")).hear(partial(TRACK, 0, 900, 2, "one two"));

            assertThat(meeting.lastLive().pending()).singleElement().satisfies(said -> {
                assertThat(said.text()).isEqualTo("one two");
                assertThat(said.utteranceId()).isEqualTo("s:t0:0");
            });
            assertThat(meeting.entries()).isEmpty();
        }

        @Test
        void ignoresOlderAndSameRevision() {
            meeting.hear(partial(TRACK, 0, 900, 2, "one two"))
                    .hear(partial(TRACK, 0, 500, 1, "one"))
                    .hear(partial(TRACK, 0, 900, 2, "one too"));

            assertThat(meeting.ignored()).containsExactly(Reason.OUTDATED, Reason.OUTDATED);
            assertThat(meeting.live()).hasSize(1);
        }

        @Test
        void finalBeatsPartials_whateverTheirRevision() {
            meeting.hear(partial(TRACK, 0, 900, 7, "one too"))
                    .hear(finished(TRACK, 0, 900, 3, "one two"))
                    .hear(partial(TRACK, 0, 950, 8, "one too late"))
                    .tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("one two");
            assertThat(meeting.ignored()).containsExactly(Reason.AFTER_FINAL);
        }

        @Test
        void takesSecondPass_whileWindowIsOpen() {
            meeting.hear(finished(TRACK, 0, 900, 3, "one too"))
                    .tick(WINDOW.minus(MOMENT))
                    .hear(finished(TRACK, 0, 900, 4, "one two"))
                    .tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("one two");
        }

        @Test
        void retracts_whenFinalHasNoText() {
            meeting.hear(partial(TRACK, 0, 500, 1, "hm")).hear(finished(TRACK, 0, 500, 2, ""));

            assertThat(meeting.lastLive().pending()).isEmpty();
            assertThat(meeting.lastLive().retracted()).containsExactly("s:t0:0");
            assertThat(meeting.tick(WINDOW).entries()).isEmpty();
            assertThat(meeting.hear(partial(TRACK, 0, 500, 3, "hm")).ignored()).containsExactly(Reason.LATE);
        }

        @Test
        void tellsViewersNothing_whenNothingVisibleChanged() {
            meeting.hear(partial(TRACK, 0, 500, 1, "one"))
                    .hear(partial(TRACK, 0, 700, 2, "one"))
                    .hear(partial(OTHER, 0, 700, 1, ""))
                    .account(TRACK, 0, 0);

            assertThat(meeting.live()).hasSize(1);
        }

        @Test
        void numbersLiveRecordsPerTrack() {
            meeting.hear(partial(TRACK, 0, 500, 1, "one"))
                    .hear(partial(OTHER, 0, 500, 1, "uno"))
                    .hear(finished(TRACK, 0, 500, 2, "one"));

            assertThat(meeting.live())
                    .extracting(live -> live.trackId() + "=" + live.revision())
                    .containsExactly("s:t0=1", "s:t1=1", "s:t0=2");
        }
    }

    @Nested
    class Confirmation {

        @Test
        void confirms_whenWindowHasPassed() {
            meeting.hear(finished(TRACK, 0, 900, 1, "one two")).tick(WINDOW.minus(MOMENT));
            assertThat(meeting.entries()).isEmpty();

            meeting.tick(MOMENT);

            assertThat(meeting.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.seq()).isEqualTo(1);
                assertThat(entry.confirmedAt()).isEqualTo(START.plus(WINDOW));
                assertThat(entry.content().id()).isEqualTo("s:t0:0");
            });
            assertThat(meeting.lastLive().pending()).isEmpty();
            assertThat(meeting.lastLive().confirmed()).containsExactly("s:t0:0");
        }

        @Test
        void doesNotConfirm_whenTimePassesWithoutTick() {
            meeting.hear(finished(TRACK, 0, 900, 1, "one")).later(THRESHOLD).hear(partial(TRACK, 1000, 1500, 1, "two"));

            assertThat(meeting.entries()).isEmpty();
        }

        @Test
        void closesByWallClock_whenTheWorkerWentPastAndNoFinalComes() {
            meeting.hear(partial(TRACK, 0, 500, 1, "one"))
                    .tick(THRESHOLD.minus(MOMENT))
                    .hear(partial(TRACK, 0, 900, 2, "one two"))
                    .tick(THRESHOLD)
                    .account(TRACK, 0, 1000)
                    .tick(THRESHOLD.minus(MOMENT));
            assertThat(meeting.entries()).isEmpty();

            assertThat(meeting.tick(MOMENT).texts()).containsExactly("one two");
        }

        @Test
        void closesByWallClock_whenTheWorkerBeganALaterUtterance() {
            meeting.hear(partial(TRACK, 0, 900, 1, "one"))
                    .tick(THRESHOLD)
                    .hear(partial(TRACK, 1000, 1900, 1, "two"))
                    .tick(THRESHOLD);

            assertThat(meeting.texts()).containsExactly("one");
        }

        @Test
        void waitsForTheFinal_whenTheWorkerIsOnlyBehind() {
            meeting.hear(partial(TRACK, 1000, 1500, 1, "one"))
                    .account(TRACK, 0, 1000)
                    .account(OTHER, 0, 60_000)
                    .tick(THRESHOLD)
                    .tick(THRESHOLD)
                    .hear(finished(TRACK, 1000, 1900, 2, "one two"))
                    .tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("one two");
        }

        @Test
        void closesWhenPatienceEnds_whenTheWorkerIsGoneForGood() {
            meeting.hear(partial(TRACK, 0, 900, 1, "one")).tick(PATIENCE.minus(MOMENT));
            assertThat(meeting.entries()).isEmpty();

            assertThat(meeting.tick(MOMENT).texts()).containsExactly("one");
        }

        @Test
        void countsOnlyTimeInWhichSomebodyListened() {
            meeting.hear(finished(TRACK, 0, 900, 1, "one"))
                    .hear(partial(OTHER, 0, 900, 1, "two"))
                    .away(PATIENCE)
                    .tick(WINDOW.minus(MOMENT));
            assertThat(meeting.entries()).isEmpty();

            assertThat(meeting.tick(MOMENT).texts()).containsExactly("one");
            assertThat(meeting.tick(PATIENCE.minus(WINDOW)).texts()).containsExactly("one", "two");
        }

        @Test
        void ignoresWhatComesAfterConfirmation() {
            meeting.hear(finished(TRACK, 1000, 2000, 1, "one two")).tick(WINDOW);
            int told = meeting.live().size();

            meeting.hear(finished(TRACK, 1000, 2000, 2, "won too"))
                    .hear(partial(TRACK, 1400, 2200, 1, "too"))
                    .tick(THRESHOLD);

            assertThat(meeting.texts()).containsExactly("one two");
            assertThat(meeting.ignored()).containsExactly(Reason.LATE, Reason.LATE);
            assertThat(meeting.live()).hasSize(told);
        }

        @Test
        void keepsRest_whenUtteranceGoesOnFarBeyondItsConfirmedPart() {
            meeting.hear(partial(TRACK, 0, 1000, 1, "a b"))
                    .tick(PATIENCE)
                    .hear(finished(TRACK, 0, 3000, 2, "a b c d e f"))
                    .tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("a b", "c d e f");
            assertThat(meeting.segments()).extracting(Segment::id).containsExactly("s:t0:0", "s:t0:1000");
            assertThat(meeting.segments().get(1).said().span()).isEqualTo(FoldedMeeting.span(1000, 3000));
        }

        @Test
        void keepsRestOfFinal_whenMostOfItWasClosedBefore() {
            meeting.hear(partial(TRACK, 0, 2000, 1, "a b c d"))
                    .tick(PATIENCE)
                    .hear(finished(TRACK, 0, 3000, 2, "a b c d e f"))
                    .hear(finished(TRACK, 0, 3000, 2, "a b c d e f"))
                    .tick(WINDOW)
                    .hear(finished(TRACK, 0, 3000, 3, "a b c d e f"));

            assertThat(meeting.texts()).containsExactly("a b c d", "e f");
            assertThat(meeting.segments().get(1).id()).isEqualTo("s:t0:2000");
            assertThat(meeting.ignored()).containsExactly(Reason.OUTDATED, Reason.LATE);
        }

        @Test
        void keepsOrderOfTrack_whenEarlierUtteranceIsOpen() {
            meeting.hear(partial(TRACK, 0, 900, 1, "one"))
                    .hear(finished(TRACK, 1000, 1900, 1, "two"))
                    .hear(finished(OTHER, 1000, 1900, 1, "uno"))
                    .tick(WINDOW);
            assertThat(meeting.texts()).containsExactly("uno");

            meeting.hear(finished(TRACK, 0, 900, 2, "one")).tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("uno", "one", "two");
            assertThat(meeting.entries()).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
        }

        @Test
        void confirmsInOrderOfAudio_whenTracksAreDueTogether() {
            meeting.hear(finished(OTHER, 2000, 2900, 1, "three"))
                    .hear(finished(TRACK, 0, 900, 1, "one"))
                    .hear(finished(OTHER, 1000, 1900, 1, "two"))
                    .tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("one", "two", "three");
        }
    }

    @Nested
    class Overlap {

        @Test
        void dropsPartial_whenAnotherWorkerCutsTheSameAudioDifferently() {
            meeting.hear(partial(TRACK, 1000, 3000, 5, "one two three"))
                    .hear(finished(TRACK, 1032, 3100, 1, "one two three"))
                    .tick(WINDOW);

            assertThat(meeting.segments()).extracting(Segment::id).containsExactly("s:t0:1032");
            assertThat(meeting.live())
                    .anySatisfy(live -> assertThat(live.retracted()).containsExactly("s:t0:1000"));
        }

        @Test
        void keepsFinal_whenAnotherUtteranceCoversTheSameAudio() {
            meeting.hear(finished(TRACK, 1000, 3000, 5, "one two three"))
                    .hear(partial(TRACK, 1032, 2000, 1, "one two"))
                    .hear(finished(TRACK, 1032, 3100, 2, "one two three"))
                    .tick(WINDOW);

            assertThat(meeting.segments()).extracting(Segment::id).containsExactly("s:t0:1000");
            assertThat(meeting.ignored()).containsExactly(Reason.AFTER_FINAL, Reason.AFTER_FINAL);
        }

        @Test
        void dropsFinal_whenLongerFinalHoldsIt() {
            meeting.hear(finished(TRACK, 1000, 1400, 1, "two"))
                    .hear(finished(TRACK, 0, 3000, 1, "one two three"))
                    .tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("one two three");
        }

        @Test
        void clipsLaterUtterance_whenTwoTouchTheSameAudio() {
            meeting.hear(finished(TRACK, 0, 2000, 1, "a b c d"))
                    .hear(finished(TRACK, 1500, 3500, 1, "d e f g"))
                    .tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("a b c d", "e f g");
            assertThat(meeting.segments().get(1).id()).isEqualTo("s:t0:1500");
            assertThat(meeting.segments().get(1).said().span()).isEqualTo(FoldedMeeting.span(2000, 3500));
        }
    }

    @Nested
    class Statuses {

        @Test
        void recordsEachStatusOnce_inOrder() {
            meeting.move(null, "requested")
                    .move(SESSION, "joining")
                    .move(SESSION, "joining")
                    .move(SESSION, "active")
                    .move(SESSION, "awaiting_admission")
                    .move(null, "stopping")
                    .move(SESSION, "active")
                    .move(SESSION, "completed")
                    .move(SESSION, "failed")
                    .move(SESSION, "dancing");

            assertThat(meeting.entries(StatusMoved.class))
                    .extracting(StatusMoved::id)
                    .containsExactly(
                            "meeting:status:requested",
                            "s:status:joining",
                            "s:status:active",
                            "meeting:status:stopping",
                            "s:status:completed");
            assertThat(meeting.ignored()).hasSize(5).containsOnly(Reason.STALE_STATUS);
        }

        @Test
        void startsOver_whenNewSessionBegins() {
            meeting.move("a", "joining")
                    .move("a", "completed")
                    .move("b", "joining")
                    .move("a", "completed")
                    .move("b", "active");

            assertThat(meeting.entries(StatusMoved.class))
                    .extracting(StatusMoved::id)
                    .containsExactly("a:status:joining", "a:status:completed", "b:status:joining", "b:status:active");
        }
    }

    @Nested
    class Filters {

        private final FoldedMeeting meeting =
                new FoldedMeeting(new TextFilter(0, 0, Map.of(), List.of(Pattern.compile("uh|\\[noise\\]"))));

        @Test
        void keepsFinalOut_andTakesItBackAtOnce() {
            meeting.hear(partial(TRACK, 0, 500, 1, "hm")).hear(finished(TRACK, 0, 900, 2, "[noise]"));
            assertThat(meeting.lastLive().retracted()).containsExactly("s:t0:0");
            assertThat(meeting.filtered()).containsExactly(Objection.PATTERN);

            meeting.hear(finished(TRACK, 0, 900, 2, "[noise]"))
                    .accountToEnd(TRACK, 0, 1000)
                    .endSession(TRACK);

            assertThat(meeting.segments()).isEmpty();
            assertThat(meeting.filtered()).hasSize(1);
            assertThat(meeting.entries(SessionComplete.class).get(0).coverage())
                    .as("what nobody said was silence")
                    .isEqualTo(new Coverage(1000 * 16, 0, 0));
        }

        @Test
        void keepsPartialOut_thatNeverGotItsFinal() {
            meeting.hear(partial(TRACK, 0, 500, 1, "uh"));
            assertThat(meeting.lastLive().pending()).hasSize(1);

            meeting.tick(PATIENCE);

            assertThat(meeting.segments()).isEmpty();
            assertThat(meeting.filtered()).containsExactly(Objection.PATTERN);
        }

        @Test
        void letsASecondPassSpeak() {
            meeting.hear(finished(TRACK, 0, 900, 1, "uh"))
                    .hear(finished(TRACK, 0, 900, 2, "hello"))
                    .tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("hello");
        }
    }

    @Test
    void carriesSessionStart_alsoToTextHeardBefore() {
        meeting.hear(finished(TRACK, 0, 900, 1, "one")).startSession(START.minusSeconds(5));
        assertThat(meeting.lastLive().sessionStartedAt()).isEqualTo(START.minusSeconds(5));

        meeting.tick(WINDOW);

        assertThat(meeting.segments().get(0).sessionStartedAt()).isEqualTo(START.minusSeconds(5));
    }

    @Test
    void changesNothing_whenNothingIsDue() {
        meeting.hear(finished(TRACK, 0, 900, 1, "one"));
        MeetingState before = meeting.state();

        meeting.tick(MOMENT);

        assertThat(meeting.state()).isSameAs(before);
        assertThat(meeting.dueAt()).contains(START.plus(WINDOW));
    }
}
