package dev.earshot.segment.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.segment.simulation.MeetingSimulation.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A failure prints its seed; {@code -Dsimulation.seed=N -Dsimulation.meetings=1} plays that meeting again. */
class MeetingSimulationTest {

    private static final int MEETINGS = Integer.getInteger("simulation.meetings", 500);
    private static final long FIRST_SEED = Long.getLong("simulation.seed", new Random().nextInt(1_000_000_000));

    @Test
    void keepsItsPromises_whateverHappens() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MEETINGS; seed++) {
            assertThat(MeetingSimulation.run(seed).violations())
                    .as("meeting of -Dsimulation.seed=" + seed)
                    .isEmpty();
        }
    }

    @Test
    void playsTheSameMeeting_whenTheSeedIsTheSame() {
        assertThat(MeetingSimulation.run(7)).isEqualTo(MeetingSimulation.run(7));
        assertThat(MeetingSimulation.run(7).entries())
                .isNotEqualTo(MeetingSimulation.run(8).entries());
    }

    @Test
    void makesEverythingHappen() {
        Map<TranscriptKind, Integer> seen = new EnumMap<>(TranscriptKind.class);
        for (long seed = 0; seed < 50; seed++) {
            Outcome outcome = MeetingSimulation.run(seed);
            outcome.entries().forEach(entry -> seen.merge(entry.getKind(), 1, Integer::sum));
        }
        assertThat(seen)
                .containsOnlyKeys(
                        TranscriptKind.SEGMENT, TranscriptKind.GAP, TranscriptKind.STATUS, TranscriptKind.COMPLETE);
    }
}
