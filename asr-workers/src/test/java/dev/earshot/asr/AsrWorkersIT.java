package dev.earshot.asr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.LoudnessDetector;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.onnx.Computing;
import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.AudioGap;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.Word;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers on a real broker with the built-in model. */
class AsrWorkersIT {

    private static final AsrConfig CONFIG = Stage.config(TrackRules.DEFAULTS, 60);

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void hearsThreeTracks_atOnce() {
        stage.publish(stage.opus(0, Stage.talk(0, 1, 4)), stage.pcm(1, Stage.talk(3, 2)), stage.opus(2, Stage.talk(5)));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(CONFIG, log, AsrEvents.NOOP)) {
            assertThat(worker.model().provider()).isEqualTo("cpu");
            stage.awaitEndOf(0, 1, 2);
        }

        assertThat(SpeechClips.wordErrorRate(
                        List.of(Stage.said(0, 1, 4), Stage.said(3, 2), Stage.said(5)),
                        List.of(stage.text(0), stage.text(1), stage.text(2))))
                .isLessThan(0.15);
        for (int track = 0; track < 3; track++) {
            progressIsWhole_andNeverAheadOfItsFinals(track);
            partialsLeadToFinals(track);
        }
        assertThat(stage.of(0, HypothesisKind.FINAL)).hasSize(3);
    }

    @Test
    void aDetectorFindsTheSpeechOfAllTracks() {
        stage.publish(stage.opus(0, Stage.talk(0, 1)), stage.pcm(1, Stage.talk(3)), stage.opus(2, Stage.talk(5)));
        var recognizer = Recognizers.load("builtin", Computing.onCpu(1), LanguageRules.ANY);
        try (EventLog log = Stage.openLog();
                AsrWorkers worker =
                        AsrWorkers.launch(CONFIG, log, recognizer, new LoudnessDetector(), AsrEvents.NOOP)) {
            stage.awaitEndOf(0, 1, 2);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.of(0, HypothesisKind.FINAL)).hasSize(2);
        assertThat(SpeechClips.wordErrorRate(
                        List.of(Stage.said(0, 1), Stage.said(3), Stage.said(5)),
                        List.of(stage.text(0), stage.text(1), stage.text(2))))
                .isLessThan(0.15);
        for (int track = 0; track < 3; track++) {
            progressIsWhole_andNeverAheadOfItsFinals(track);
        }
    }

    @Test
    void nextWorker_goesOn_whereOneDiedInMidSentence() {
        List<AudioChunk> first = stage.opus(0, Stage.talk(0, 1, 4));
        List<AudioChunk> second = stage.opus(1, Stage.talk(2, 3));
        int cut = 45;
        stage.publish(first.subList(0, cut), second.subList(0, cut));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(CONFIG, log, AsrEvents.NOOP)) {
            stage.await(h -> h.getKind() == HypothesisKind.PARTIAL && h.getStartSample() > 80_000);
            assertThat(worker.isHealthy()).isTrue();
        }
        var before = stage.finals(0);
        assertThat(before).hasSize(1);
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(CONFIG, log, AsrEvents.NOOP)) {
            stage.publish(first.subList(cut, first.size()), second.subList(cut, second.size()));
            stage.awaitEndOf(0, 1);
            assertThat(worker.isHealthy()).isTrue();
        }

        var undisturbed = undisturbed(first, second);
        assertThat(stage.finals(0)).containsAllEntriesOf(before).isEqualTo(undisturbed.finals(0));
        assertThat(stage.finals(1)).isEqualTo(undisturbed.finals(1));
        assertThat(stage.of(0, HypothesisKind.FINAL).stream()
                        .map(h -> h.getUtteranceId() + h.getRevision() + h.getText() + h.getWords())
                        .distinct())
                .as("who says it again says the same")
                .hasSize(3);
        undisturbed.close();
    }

    @Test
    void wordsComeWhileSomebodySpeaks_andStayWhenTheyAreStable() {
        List<AudioChunk> chunks = stage.pcm(0, Stage.talk(0));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(CONFIG, log, AsrEvents.NOOP)) {
            stage.publish(chunks.subList(0, 10));
            stage.await(h -> h.getKind() == HypothesisKind.PARTIAL);
            stage.publish(chunks.subList(10, 15));
            stage.await(h -> h.getKind() == HypothesisKind.PARTIAL && h.getEndSample() > 14 * 3200);
            stage.publish(chunks.subList(15, 20));
            stage.await(h -> h.getKind() == HypothesisKind.PARTIAL && h.getStablePrefixWords() > 0);
            stage.publish(chunks.subList(20, chunks.size()));
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.of(0, HypothesisKind.PARTIAL)).allSatisfy(partial -> {
            assertThat(partial.getText()).isNotBlank();
            assertThat(stage.text(0))
                    .startsWith(String.join(
                            " ",
                            partial.getWords().stream()
                                    .limit(partial.getStablePrefixWords())
                                    .map(Word::getText)
                                    .toList()));
        });
        partialsLeadToFinals(0);
    }

    @Test
    void aBrokenChunk_becomesAGap_andIsKept() {
        List<AudioChunk> chunks = new ArrayList<>(stage.opus(0, Stage.talk(4, 5)));
        AudioChunk broken = AudioChunk.newBuilder(chunks.get(30))
                .setPayload(ByteBuffer.wrap(new byte[] {0, 5, 1}))
                .build();
        chunks.set(30, broken);
        chunks.remove(40);
        stage.publish(chunks);
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(CONFIG, log, AsrEvents.NOOP)) {
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.of(0, HypothesisKind.PROGRESS).stream().flatMap(h -> h.getGaps().stream()))
                .containsExactly(
                        new AudioGap(30 * 3200L, 31 * 3200L, "chunk_unreadable"),
                        new AudioGap(40 * 3200L, 41 * 3200L, "chunk_missing"));
        progressIsWhole_andNeverAheadOfItsFinals(0);
    }

    @Test
    void chunksThatAreTooBig_orWrong_orComeTwice_orLate_costNoWord() {
        List<AudioChunk> chunks = stage.pcm(0, Stage.talk(4, 5));
        List<AudioChunk> neighbour = stage.opus(1, Stage.talk(2));
        int pause = Stage.talk(4).length / Stage.CHUNK - 3;
        var bytes = new byte[Stage.MOST_BYTES - 4096];
        // What could be compressed would be small again on its way.
        new Random(1).nextBytes(bytes);
        var disturbed = new ArrayList<>(chunks);
        Collections.swap(disturbed, pause, pause + 1);
        disturbed.add(18, chunks.get(3));
        disturbed.add(15, chunks.get(14));
        // Copies of what was heard: their audio is not missed.
        disturbed.add(
                12,
                AudioChunk.newBuilder(chunks.get(10)).setSampleRateHz(48_000).build());
        disturbed.add(
                8,
                AudioChunk.newBuilder(chunks.get(7))
                        .setPayload(ByteBuffer.wrap(bytes))
                        .build());
        stage.publish(disturbed, neighbour);
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(CONFIG, log, AsrEvents.NOOP)) {
            stage.awaitEndOf(0, 1);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.buried(0))
                .containsExactlyInAnyOrder(
                        "payload: " + bytes.length + " bytes (expected: at most 131072)",
                        "sample_rate_hz: 48000 (expected: 16000)");
        assertThat(stage.of(0, HypothesisKind.PROGRESS).stream().flatMap(h -> h.getGaps().stream()))
                .containsExactly(new AudioGap(pause * 3200L, (pause + 1) * 3200L, "chunk_missing"));
        progressIsWhole_andNeverAheadOfItsFinals(0);
        var undisturbed = undisturbed(chunks, neighbour);
        assertThat(stage.text(0)).isEqualTo(undisturbed.text(0)).isNotEmpty();
        assertThat(stage.finals(1)).isEqualTo(undisturbed.finals(1)).isNotEmpty();
        undisturbed.close();
    }

    /** The same audio, read by one worker from beginning to end. */
    private Stage undisturbed(List<AudioChunk> first, List<AudioChunk> second) {
        var other = new Stage();
        other.publish(renamed(first, other, 0), renamed(second, other, 1));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(CONFIG, log, AsrEvents.NOOP)) {
            other.awaitEndOf(0, 1);
            assertThat(worker.isHealthy()).isTrue();
        }
        return other;
    }

    private static List<AudioChunk> renamed(List<AudioChunk> chunks, Stage other, int track) {
        return chunks.stream()
                .map(chunk -> AudioChunk.newBuilder(chunk)
                        .setSessionUid(other.session)
                        .setTrackId(other.track(track))
                        .build())
                .toList();
    }

    private void progressIsWhole_andNeverAheadOfItsFinals(int track) {
        long reported = 0;
        for (AsrHypothesis hypothesis : stage.heard) {
            if (!hypothesis.getTrackId().equals(stage.track(track))) {
                continue;
            }
            if (hypothesis.getKind() == HypothesisKind.PROGRESS) {
                assertThat(hypothesis.getStartSample()).isEqualTo(reported);
                reported = hypothesis.getEndSample();
            } else if (hypothesis.getKind() == HypothesisKind.FINAL) {
                assertThat(hypothesis.getStartSample())
                        .as("final before its progress")
                        .isGreaterThanOrEqualTo(reported);
            }
        }
    }

    private void partialsLeadToFinals(int track) {
        List<AsrHypothesis> finals = stage.of(track, HypothesisKind.FINAL);
        for (AsrHypothesis spoken : finals) {
            assertThat(spoken.getUtteranceId()).isEqualTo(stage.track(track) + ":" + spoken.getStartSample() / 16);
            assertThat(spoken.getWords())
                    .extracting(Word::getText)
                    .containsExactly(spoken.getText().split(" "));
            assertThat(spoken.getWords()).allSatisfy(word -> assertThat(word.getEndMs())
                    .isBetween(word.getStartMs(), spoken.getEndSample() / 16));
            List<AsrHypothesis> partials = stage.of(track, HypothesisKind.PARTIAL).stream()
                    .filter(h -> h.getUtteranceId().equals(spoken.getUtteranceId()))
                    .toList();
            assertThat(partials).allSatisfy(h -> assertThat(h.getRevision()).isLessThan(spoken.getRevision()));
        }
    }
}
