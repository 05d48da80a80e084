package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackTest {

    /** Speech without a pause is cut somewhere in the 3 s before this, with the default rules. */
    private static final int GRID_MS = 10_000;

    /** Speech is where three of five frames are loud: it seems to go on for two more. */
    private static final int NOTICED_LATER_MS = 40;

    @ParameterizedTest
    @ValueSource(ints = {7040, 7060, 8000, 9240, 9920, 9940})
    void speechWithoutAPause_isCutAtItsQuietestMoment(int quietestMs) {
        short[] audio = SyntheticAudio.speech(12_000, -25, 1);
        // As quiet, and longer, but earlier than a cut may be.
        hush(audio, GRID_MS - 3400, 400);
        hush(audio, quietestMs - 40, 100);

        List<TrackEvent.UtteranceEnded> ended = new ArrayList<>();
        var track = new Track(TrackRules.DEFAULTS, new EnergyGate());
        SyntheticAudio.chunks(audio, 0).forEach(chunk -> ended.addAll(ended(track.accept(chunk))));

        assertThat(ended)
                .extracting(TrackEvent.UtteranceEnded::reason)
                .containsExactly(TrackEvent.EndReason.TOO_LONG, TrackEvent.EndReason.AUDIO_ENDED);
        assertThat(ended.get(0).endSample()).isEqualTo(samples(quietestMs));
        assertThat(ended.get(0).decidedAt()).isEqualTo(samples(GRID_MS));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 90, 200, 250})
    void anUtteranceEnds_withTheChunkThatCompletesTheSilence(int chunkMs) {
        short[] audio = sentence();
        long decidable = samples(3000 + NOTICED_LATER_MS + EndpointRules.DEFAULTS.silenceMs());

        var track = new Track(TrackRules.DEFAULTS, new EnergyGate());
        int size = chunkMs * AudioTime.SAMPLES_PER_MS;
        int decided = 0;
        for (int from = 0; from + size <= audio.length; from += size) {
            Chunk chunk = SyntheticAudio.chunk(from / size, from, Arrays.copyOfRange(audio, from, from + size));
            boolean completes = from < decidable && decidable <= chunk.endSample();
            decided += completes ? 1 : 0;

            assertThat(ended(track.accept(chunk)))
                    .extracting(TrackEvent.UtteranceEnded::decidedAt)
                    .isEqualTo(completes ? List.of(decidable) : List.of());
        }
        assertThat(decided).isEqualTo(1);
    }

    @Test
    void zerosForLostAudio_areAGapAsLong_andTheRestIsHeard() {
        List<Chunk> chunks = SyntheticAudio.chunks(sentence(), 0);
        Chunk silent = SyntheticAudio.partlyLost(chunks.get(2), 1000, 1);
        Chunk spoken = SyntheticAudio.partlyLost(chunks.get(9), 1200, 800);
        chunks.set(2, silent);
        chunks.set(9, spoken);
        List<Gap> lost = List.of(
                new Gap(silent.firstSample(), silent.firstSample() + 1, Gap.Reason.CAPTURE_LOST),
                new Gap(spoken.firstSample(), spoken.firstSample() + 800, Gap.Reason.CAPTURE_LOST));

        var reading = TrackReading.of(chunks);

        assertThat(reading.lost).isEqualTo(lost);
        assertThat(reading.gaps()).isEqualTo(lost);
        assertThat(reading.reportedTo()).isEqualTo(chunks.get(chunks.size() - 1).endSample());
        var zerosThatNobodyDeclared =
                TrackReading.of(chunks.stream().map(SyntheticAudio::asIfWhole).toList());
        assertThat(reading.finals).hasSize(1).isEqualTo(zerosThatNobodyDeclared.finals);
    }

    @Test
    void zerosInAChunkThatOverlaps_areNotDeclaredTwice() {
        short[] audio = sentence();
        var reading = new TrackReading(TrackRules.DEFAULTS);

        reading.read(SyntheticAudio.chunk(0, 0, Arrays.copyOf(audio, 3200)));
        Chunk overlapping = SyntheticAudio.chunk(1, 3000, Arrays.copyOfRange(audio, 3000, 6200));
        reading.read(SyntheticAudio.partlyLost(overlapping, 0, 500));

        assertThat(reading.lost).containsExactly(new Gap(3200, 3500, Gap.Reason.CAPTURE_LOST));
        assertThat(reading.track.heardTo()).isEqualTo(6200);
    }

    @Test
    void zerosBetweenACutAndItsGridPoint_areDeclared_thoughTheirReaderDied() {
        short[] audio = SyntheticAudio.speech(22_000, -25, 1);
        hush(audio, 17_960, 100);
        List<Chunk> chunks = SyntheticAudio.chunks(audio, 0);
        Chunk damaged = SyntheticAudio.partlyLost(chunks.get(95), 0, 800);
        chunks.set(95, damaged);
        var first = new TrackReading(TrackRules.DEFAULTS);
        chunks.subList(0, 2 * GRID_MS / 200).forEach(first::read);
        assertThat(first.reportedTo()).isEqualTo(samples(18_000));

        var second = new TrackReading(TrackRules.DEFAULTS);
        chunks.stream()
                .filter(chunk -> chunk.offset() >= first.track.holdOffset())
                .forEach(second::read);

        assertThat(second.reports.get(0).startSample()).isEqualTo(samples(18_000));
        assertThat(second.gaps())
                .containsExactly(new Gap(damaged.firstSample(), damaged.firstSample() + 800, Gap.Reason.CAPTURE_LOST));
    }

    /** A second of silence, two of speech, two of silence. */
    private static short[] sentence() {
        return SyntheticAudio.join(
                SyntheticAudio.silence(1000), SyntheticAudio.speech(2000, -25, 1), SyntheticAudio.silence(2000));
    }

    private static void hush(short[] audio, int fromMs, int millis) {
        Arrays.fill(audio, (int) samples(fromMs), (int) samples(fromMs + millis), (short) 0);
    }

    private static long samples(int millis) {
        return (long) millis * AudioTime.SAMPLES_PER_MS;
    }

    private static List<TrackEvent.UtteranceEnded> ended(List<TrackEvent> events) {
        return events.stream()
                .filter(TrackEvent.UtteranceEnded.class::isInstance)
                .map(TrackEvent.UtteranceEnded.class::cast)
                .toList();
    }
}
