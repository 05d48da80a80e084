package dev.earshot.segment.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.segment.domain.Output.Entry;
import dev.earshot.segment.domain.Output.LiveTrack;
import dev.earshot.segment.domain.Output.Segment;
import dev.earshot.segment.domain.Output.SessionComplete;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whole meetings at random: several tracks, speech, silence and lost audio, workers that die and say things again slightly
 * differently, records lost, repeated and late. After each meeting the promises of the transcript must hold.
 *
 * <p>A failure prints its seed; {@code -Dsimulation.seed=N -Dsimulation.meetings=1} folds that meeting again.
 */
class MeetingSimulationTest {

    private static final int MEETINGS = Integer.getInteger("simulation.meetings", 2000);
    private static final long FIRST_SEED = Long.getLong("simulation.seed", new Random().nextInt(1_000_000_000));

    @Test
    void keepsItsPromises_whateverHappens() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MEETINGS; seed++) {
            var simulated = new SimulatedMeeting(new Random(seed));
            FoldedMeeting meeting = simulated.run();
            try {
                check(simulated, meeting);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("meeting with -Dsimulation.seed=" + seed + " broke a promise", e);
            }
        }
    }

    private static void check(SimulatedMeeting simulated, FoldedMeeting meeting) {
        assertThat(meeting.entries().stream().map(Entry::seq))
                .as("cursor is dense")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, meeting.entries().size())
                                .boxed()
                                .toList());
        assertThat(meeting.entries().stream().map(entry -> entry.content().id()))
                .as("nothing is said twice")
                .doesNotHaveDuplicates();
        checkTracks(meeting);
        checkLiveView(meeting);
        assertThat(meeting.texts())
                .as("no final is lost, none is invented")
                .containsAll(simulated.certain())
                .allSatisfy(text -> assertThat(simulated.possible()).contains(text.split(" ")));
        assertThat(meeting.entries(SessionComplete.class)).singleElement().satisfies(complete -> {
            Coverage coverage = complete.coverage();
            assertThat(coverage.capturedMs())
                    .isEqualTo(coverage.transcribedMs() + coverage.silentMs() + coverage.missingMs());
            assertThat(coverage.captured()).as("all audio is accounted for").isEqualTo(simulated.audio());
            assertThat(coverage.missing()).as("lost audio is told").isGreaterThanOrEqualTo(simulated.lost());
            assertThat(coverage.transcribed())
                    .as("segments cover what they say")
                    .isLessThanOrEqualTo(meeting.segments().stream()
                            .mapToLong(segment -> segment.said().span().length())
                            .sum());
        });
        assertThat(meeting.state().sessions()).as("nothing stays behind").isEmpty();
    }

    private static void checkTracks(FoldedMeeting meeting) {
        Map<String, Long> ends = new HashMap<>();
        for (Segment segment : meeting.segments()) {
            Hypothesis said = segment.said();
            assertThat(said.span().start())
                    .as("segments of a track neither overlap nor go back: " + segment.id())
                    .isGreaterThanOrEqualTo(ends.getOrDefault(said.trackId(), 0L));
            assertThat(said.text()).isNotBlank();
            ends.put(said.trackId(), said.span().end());
        }
    }

    /** What a viewer who follows the live records shows at each moment: text leaves only as confirmed or retracted. */
    private static void checkLiveView(FoldedMeeting meeting) {
        Map<String, LiveTrack> newest = new HashMap<>();
        for (LiveTrack live : meeting.live()) {
            LiveTrack before = newest.put(live.trackId(), live);
            if (before != null) {
                assertThat(live.revision()).isEqualTo(before.revision() + 1);
                var gone = new HashSet<String>();
                before.pending().forEach(said -> gone.add(said.utteranceId()));
                live.pending().forEach(said -> gone.remove(said.utteranceId()));
                live.confirmed().forEach(gone::remove);
                live.retracted().forEach(gone::remove);
                assertThat(gone).as("text does not just vanish").isEmpty();
            }
        }
        assertThat(newest.values())
                .allSatisfy(live -> assertThat(live.pending()).isEmpty());
    }
}
