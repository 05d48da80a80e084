package dev.earshot.segment.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.domain.SegmentFold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What an aggregator does wrong is found: each test breaks one promise on the way to the readers. */
class TranscriptPromisesTest {

    /** Of a meeting in which something is said and something is lost. */
    private static final long SEED = LongStream.iterate(1, seed -> seed + 1)
            .filter(seed -> MeetingSimulation.run(seed).entries().stream()
                    .map(TranscriptSegment::getKind)
                    .collect(Collectors.toSet())
                    .containsAll(Set.of(TranscriptKind.SEGMENT, TranscriptKind.GAP)))
            .findFirst()
            .orElseThrow();

    @Test
    void findsNothing_whenNothingIsWrong() {
        assertThat(brokenWhen(entries -> entries)).isEmpty();
    }

    @Test
    void findsEntryThatIsMissing() {
        assertThat(brokenWhen(entries -> entries.subList(1, entries.size()))).contains("entry 1 has seq 2");
    }

    @Test
    void findsSegmentThatIsMissing() {
        assertThat(brokenWhen(entries -> renumbered(entries.stream()
                        .filter(entry -> entry != firstSegment(entries))
                        .toList())))
                .anyMatch(sentence -> sentence.endsWith("neither in the transcript nor in a gap"))
                .anyMatch(sentence -> sentence.startsWith("transcribed"));
    }

    @Test
    void findsGapThatIsMissing() {
        assertThat(brokenWhen(entries -> renumbered(entries.stream()
                        .filter(entry -> entry.getKind() != TranscriptKind.GAP)
                        .toList())))
                .anyMatch(sentence -> sentence.startsWith("missing"));
    }

    @Test
    void findsSegmentThatIsThereTwice() {
        assertThat(brokenWhen(entries -> {
                    var twice = new ArrayList<>(entries);
                    twice.add(firstSegment(entries));
                    return renumbered(twice);
                }))
                .anyMatch(sentence -> sentence.endsWith("is there twice"))
                .anyMatch(sentence -> sentence.endsWith("is out of order or there twice"));
    }

    @Test
    void findsWrongSpeaker() {
        assertThat(brokenWhen(entries -> entries.stream()
                        .map(entry -> entry == firstSegment(entries)
                                ? TranscriptSegment.newBuilder(entry)
                                        .setParticipantId("somebody else")
                                        .build()
                                : entry)
                        .toList()))
                .anyMatch(sentence -> sentence.endsWith("not by somebody else"));
    }

    @Test
    void findsTextThatVanishesFromTheLiveView() {
        var honest = new FoldInMemory(
                new SegmentFold(MeetingSimulation.RULES), "7", MeetingSimulation.START, new Dice(SEED));
        var forgetful = new Distorting(honest, entries -> entries) {
            @Override
            public List<TranscriptLive> live() {
                return super.live().stream()
                        .map(record -> TranscriptLive.newBuilder(record)
                                .setConfirmed(List.of())
                                .build())
                        .toList();
            }
        };
        assertThat(MeetingSimulation.run(SEED, forgetful).violations())
                .anyMatch(sentence -> sentence.endsWith("vanished from the live view"));
    }

    private static List<String> brokenWhen(UnaryOperator<List<TranscriptSegment>> distortion) {
        var honest = new FoldInMemory(
                new SegmentFold(MeetingSimulation.RULES), "7", MeetingSimulation.START, new Dice(SEED));
        return MeetingSimulation.run(SEED, new Distorting(honest, distortion)).violations();
    }

    private static TranscriptSegment firstSegment(List<TranscriptSegment> entries) {
        return entries.stream()
                .filter(entry -> entry.getKind() == TranscriptKind.SEGMENT)
                .findFirst()
                .orElseThrow();
    }

    private static List<TranscriptSegment> renumbered(List<TranscriptSegment> entries) {
        var numbered = new ArrayList<TranscriptSegment>();
        for (TranscriptSegment entry : entries) {
            numbered.add(TranscriptSegment.newBuilder(entry)
                    .setSeq(numbered.size() + 1)
                    .build());
        }
        return numbered;
    }

    /** An aggregator whose readers see something else. */
    private static class Distorting implements SimulatedAggregator {

        private final SimulatedAggregator honest;
        private final UnaryOperator<List<TranscriptSegment>> distortion;

        Distorting(SimulatedAggregator honest, UnaryOperator<List<TranscriptSegment>> distortion) {
            this.honest = honest;
            this.distortion = distortion;
        }

        @Override
        public void take(SpecificRecord record) {
            honest.take(record);
        }

        @Override
        public void passTo(Instant at) {
            honest.passTo(at);
        }

        @Override
        public void crash(Instant back) {
            honest.crash(back);
        }

        @Override
        public List<TranscriptSegment> entries() {
            return distortion.apply(honest.entries());
        }

        @Override
        public List<TranscriptLive> live() {
            return honest.live();
        }
    }
}
