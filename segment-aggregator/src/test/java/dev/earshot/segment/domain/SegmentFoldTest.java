package dev.earshot.segment.domain;

import static dev.earshot.segment.domain.FoldedMeeting.SESSION;
import static dev.earshot.segment.domain.FoldedMeeting.START;
import static dev.earshot.segment.domain.FoldedMeeting.TRACK;
import static dev.earshot.segment.domain.FoldedMeeting.finished;
import static dev.earshot.segment.domain.FoldedMeeting.lost;
import static dev.earshot.segment.domain.FoldedMeeting.partial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.earshot.segment.domain.Event.SpeakerMove;
import dev.earshot.segment.domain.Output.AudioLost;
import dev.earshot.segment.domain.Output.Content;
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
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final String OTHER = "s:t1";
    private static final String THIRD = "s:t2";

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
        void closesByWallClock_whenFinalNeverComes() {
            meeting.hear(partial(TRACK, 0, 500, 1, "one"))
                    .tick(THRESHOLD.minus(MOMENT))
                    .hear(partial(TRACK, 0, 900, 2, "one two"))
                    .tick(THRESHOLD.minus(MOMENT));
            assertThat(meeting.entries()).isEmpty();

            assertThat(meeting.tick(MOMENT).texts()).containsExactly("one two");
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
                    .tick(THRESHOLD)
                    .hear(finished(TRACK, 0, 3000, 2, "a b c d e f"))
                    .tick(WINDOW);

            assertThat(meeting.texts()).containsExactly("a b", "c d e f");
            assertThat(meeting.segments()).extracting(Segment::id).containsExactly("s:t0:0", "s:t0:1000");
            assertThat(meeting.segments().get(1).said().span()).isEqualTo(FoldedMeeting.span(1000, 3000));
        }

        @Test
        void keepsRestOfFinal_whenMostOfItWasClosedByTheThreshold() {
            meeting.hear(partial(TRACK, 0, 2000, 1, "a b c d"))
                    .tick(THRESHOLD)
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
    class Completeness {

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
            assertThat(meeting.entries(SessionComplete.class).get(0).coverage())
                    .isEqualTo(new Coverage(60_000 * 16, 0, 0));
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
                meeting.tick(SegmentRules.DEFAULTS.patience().minus(MOMENT))
                        .account(TRACK, i * 1000L, i * 1000L + 1000);
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
    class Speakers {

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

            assertThat(meeting.state().sessions().get(SESSION).speakers().turns())
                    .isEmpty();
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

            meeting.tick(SegmentRules.DEFAULTS.immutabilityThreshold());

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
        assertThat(before.dueAt(SegmentRules.DEFAULTS)).contains(START.plus(WINDOW));
    }
}
