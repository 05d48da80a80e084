package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TrackProperties {

    @Property(tries = 40)
    void everySampleIsSpeechOrSilenceOrGap_exactlyOnce(@ForAll long seed, @ForAll @IntRange(max = 500_000) int first) {
        var whole = SyntheticAudio.chunks(SyntheticAudio.talk(seed, 40), first);
        var reading = TrackReading.of(SyntheticAudio.damaged(whole, seed));

        assertThat(reading.track.finished()).isTrue();
        long at = first;
        for (Progress report : reading.reports) {
            assertThat(report.startSample()).isEqualTo(at);
            at = report.endSample();
        }
        assertThat(at).isEqualTo(whole.get(whole.size() - 1).endSample());
        assertThat(reading.reports.get(reading.reports.size() - 1).endOfTrack()).isTrue();

        var taken = new TreeMap<Long, Long>();
        reading.finals.values().forEach(spoken -> taken.put(spoken.start(), spoken.end()));
        // Zeros in the midst of what was heard are no span of their own.
        reading.gaps().filter(gap -> gap.reason() != Gap.Reason.CAPTURE_LOST).forEach(gap -> assertThat(
                        taken.put(gap.startSample(), gap.endSample()))
                .isNull());
        long free = first;
        for (var span : taken.entrySet()) {
            assertThat(span.getKey()).isGreaterThanOrEqualTo(free);
            free = span.getValue();
        }
    }

    @Property(tries = 40)
    void whatIsLost_isAllDeclared(@ForAll long seed) {
        var whole = SyntheticAudio.chunks(SyntheticAudio.talk(seed, 30), 0);
        var damaged = SyntheticAudio.damaged(whole, seed);
        var reading = TrackReading.of(damaged);

        long lost = whole.stream().mapToLong(Chunk::sampleCount).sum()
                - damaged.stream()
                        .filter(chunk -> chunk.samples() != null)
                        .mapToLong(chunk -> chunk.sampleCount() - chunk.lostSamples())
                        .sum();
        long declared = reading.gaps()
                .mapToLong(gap -> gap.endSample() - gap.startSample())
                .sum();
        assertThat(declared).isEqualTo(lost);
    }

    @Property(tries = 80)
    void nextOwner_saysTheSame_whereverTheFirstOneDied(@ForAll long seed, @ForAll boolean neural) {
        var random = new Random(seed);
        var chunks = SyntheticAudio.damaged(SyntheticAudio.chunks(SyntheticAudio.talk(seed, 90), 0), seed);
        var reference = TrackReading.of(chunks, gate(neural));

        var first = new TrackReading(TrackRules.DEFAULTS, gate(neural));
        int diesAt = random.nextInt(chunks.size());
        chunks.subList(0, diesAt).forEach(first::read);
        long hold = diesAt == 0 ? 0 : first.track.finished() ? Long.MAX_VALUE : first.track.holdOffset();
        // Another track of the partition may hold the offset back further.
        hold -= hold == Long.MAX_VALUE || random.nextBoolean() ? 0 : 10L * random.nextInt(100);
        var second = new TrackReading(TrackRules.DEFAULTS, gate(neural));
        for (Chunk chunk : chunks) {
            if (chunk.offset() >= hold) {
                second.read(chunk);
            }
        }

        assertThat(second.finals.values()).as("nothing new").isSubsetOf(reference.finals.values());
        List<TrackReading.Final> said = new ArrayList<>(first.finals.values());
        said.addAll(second.finals.values());
        assertThat(said).as("nothing missing").containsAll(reference.finals.values());
        if (hold != Long.MAX_VALUE) {
            assertThat(second.reports.get(0).startSample()).isLessThanOrEqualTo(first.reportedTo());
            assertThat(second.reportedTo()).isEqualTo(reference.reportedTo());
        }
    }

    private static SpeechGate gate(boolean neural) {
        return neural ? new NeuralGate() : new EnergyGate();
    }

    @Property(tries = 40)
    void utterances_areNeverLongerThanTheLimit(@ForAll long seed) {
        var reading = TrackReading.of(SyntheticAudio.chunks(SyntheticAudio.talk(seed, 90), 0));

        assertThat(reading.finals.values()).allSatisfy(spoken -> assertThat(spoken.end() - spoken.start())
                .isLessThanOrEqualTo(15_000L * AudioTime.SAMPLES_PER_MS));
        assertThat(reading.partials).allSatisfy(partial -> {
            assertThat(reading.finals).containsKey(partial.startSample());
            assertThat(partial.revision())
                    .isLessThan(reading.finals.get(partial.startSample()).revision());
        });
    }

    @Property(tries = 60)
    void cutsLieInsideTheirUtterance_whateverTheLimit(
            @ForAll long seed, @ForAll @IntRange(min = 6000, max = 30_000) int longestMs) {
        var rules = new TrackRules(new EndpointRules(600, longestMs), 300, 500, 10_000);
        var chunks = SyntheticAudio.chunks(SyntheticAudio.talk(seed, 60), 0);
        var whole = new TrackReading(rules);
        chunks.forEach(whole::read);
        var late = new TrackReading(rules);
        chunks.subList(chunks.size() / 2, chunks.size()).forEach(late::read);

        assertThat(whole.finals.values()).isNotEmpty().allSatisfy(spoken -> assertThat(spoken.end() - spoken.start())
                .isBetween(1L, (long) longestMs * AudioTime.SAMPLES_PER_MS));
        assertThat(late.finals.values()).as("whoever begins later").isSubsetOf(whole.finals.values());
    }

    @Property(tries = 30)
    void chunksHeardTwice_changeNothing(@ForAll long seed) {
        var chunks = SyntheticAudio.chunks(SyntheticAudio.talk(seed, 30), 0);
        var twice = new ArrayList<Chunk>();
        var random = new Random(seed);
        for (int i = 0; i < chunks.size(); i++) {
            twice.add(chunks.get(i));
            if (random.nextInt(5) == 0) {
                twice.add(chunks.get(random.nextInt(i + 1)));
            }
        }

        assertThat(TrackReading.of(twice).finals).isEqualTo(TrackReading.of(chunks).finals);
    }

    @Property(tries = 40)
    void chunksOutOfOrder_areDeclaredLost_orHeard(@ForAll long seed) {
        var whole = SyntheticAudio.chunks(SyntheticAudio.talk(seed, 30), 0);
        var shuffled = new ArrayList<>(whole);
        var random = new Random(seed);
        for (int i = 1; i + 2 < shuffled.size(); i++) {
            if (random.nextInt(10) == 0) {
                java.util.Collections.swap(shuffled, i, i + 1);
            }
        }
        var reading = TrackReading.of(shuffled);

        long late = 0;
        long seen = -1;
        for (Chunk chunk : shuffled) {
            late += chunk.sequence() < seen ? chunk.sampleCount() : 0;
            seen = Math.max(seen, chunk.sequence());
        }
        long declared = reading.gaps()
                .mapToLong(gap -> gap.endSample() - gap.startSample())
                .sum();
        assertThat(declared).isEqualTo(late);
        assertThat(reading.reportedTo()).isEqualTo(whole.get(whole.size() - 1).endSample());
    }

    @Example
    void aTrackThatNeverEnds_neverHoldsItsPartitionForLong() {
        var reading = new TrackReading(TrackRules.DEFAULTS);
        short[] minute = SyntheticAudio.speech(60_000, -25, 1);
        long sequence = 0;
        for (int i = 0; i < 15; i++) {
            for (int from = 0; from < minute.length; from += 3200) {
                reading.read(SyntheticAudio.chunk(
                        sequence, sequence * 3200, java.util.Arrays.copyOfRange(minute, from, from + 3200)));
                sequence++;
                long heldBack = (sequence * 10 - reading.track.holdOffset()) / 10;
                assertThat(heldBack).as("chunks of 200 ms").isLessThan(30 * 5);
            }
        }
        assertThat(reading.finals).hasSizeGreaterThan(15 * 60 / 15);
    }

    @Example
    void theEndIsReported_onlyWhenItsAudioIsDecided() {
        var chunks = SyntheticAudio.chunks(SyntheticAudio.silence(4000), 0);
        var track = new Track(TrackRules.DEFAULTS, new EnergyGate());
        chunks.subList(0, chunks.size() - 1).forEach(track::accept);

        track.take(chunks.get(chunks.size() - 1));
        Progress before = track.report();
        track.reported();
        track.decide();
        Progress after = track.report();

        assertThat(before).isNotNull().returns(false, Progress::endOfTrack);
        assertThat(after).isNotNull().returns(true, Progress::endOfTrack).returns(64_000L, Progress::endSample);
    }
}
