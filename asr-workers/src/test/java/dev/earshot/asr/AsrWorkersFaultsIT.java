package dev.earshot.asr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.app.MicrometerAsrEvents;
import dev.earshot.asr.app.WorkerHttp;
import dev.earshot.asr.domain.EndpointRules;
import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.onnx.Computing;
import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.eventlog.EventLog;
import dev.earshot.localstack.LocalStack;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.AudioGap;
import dev.earshot.schema.avro.HypothesisKind;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers that are too slow, go away, or hear nothing more. */
class AsrWorkersFaultsIT {

    private static final AsrConfig PATIENT = Stage.config(TrackRules.DEFAULTS, 60);

    private final Stage stage = new Stage();
    private final RecordingAsrEvents events = new RecordingAsrEvents();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void whatWasSaid_isPublished_whenNothingMoreComes() {
        List<AudioChunk> chunks = stage.opus(0, Stage.talk(0));
        int cut = 18;
        var impatient = new TrackRules(EndpointRules.DEFAULTS, 300, 500, 1000);
        stage.publish(chunks.subList(0, cut));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(Stage.config(impatient, 60), log, events)) {
            stage.await(h -> h.getKind() == HypothesisKind.PROGRESS && h.getEndSample() == cut * 3200L);
            assertThat(stage.of(0, HypothesisKind.FINAL)).hasSize(1);

            stage.publish(chunks.subList(cut, chunks.size()));
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.of(0, HypothesisKind.FINAL))
                .extracting(AsrHypothesis::getStartSample)
                .isSorted()
                .contains(cut * 3200L);
        assertThat(events.received).hasValue(events.accepted.get() + events.dropped.get());
    }

    @Test
    void readingStops_whileTheDecoderIsBehind_andNothingIsLost() {
        var allowed = new CountDownLatch(1);
        stage.publish(stage.pcm(0, Stage.talk(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5)));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(
                        Stage.config(TrackRules.DEFAULTS, 10),
                        log,
                        ScriptedRecognizer.waitingFor(allowed),
                        null,
                        events)) {
            long all = 24L * 5 * 50;
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> events.received.get() > 1000);
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> events.received.get() < all * 2 / 3);
            allowed.countDown();
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.of(0, HypothesisKind.FINAL)).hasSize(24);
        assertThat(events.started).hasValue(24);
        assertThat(events.outcomes).hasSize(24).containsOnly(AsrEvents.Outcome.RECOGNIZED);
    }

    @Test
    void chunksThatWaitedInTheLog_areNoPause() {
        var allowed = new CountDownLatch(1);
        // Longer than a busy machine may keep the consumer from its next chunk, shorter than reading is held back.
        var impatient = new TrackRules(EndpointRules.DEFAULTS, 300, 500, 3000);
        // A batch, the backlog, what is in hand and what other tests left behind begin fewer than half of them.
        int[] clips = IntStream.range(0, 36).map(i -> i % 6).toArray();
        stage.publish(stage.pcm(0, Stage.talk(clips)));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(
                        Stage.config(impatient, 5), log, ScriptedRecognizer.waitingFor(allowed), null, events)) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> events.started.get() > 1);
            Awaitility.await()
                    .during(Duration.ofSeconds(7))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> events.started.get() < clips.length);
            allowed.countDown();
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.of(0, HypothesisKind.FINAL)).hasSize(36);
    }

    @Test
    void aWorkerThatStoodStill_readsWhatWaited_beforeItCallsAnybodySilent() throws InterruptedException {
        List<AudioChunk> chunks = stage.pcm(0, Stage.talk(0));
        int cut = 18;
        var ahead = new AtomicReference<>(Duration.ZERO);
        var ticks = new Semaphore(0);
        AsrEvents ticking = new AsrEvents() {
            @Override
            public void audioLag(Duration lag) {
                ticks.release();
            }
        };
        var recognizer = Recognizers.load("builtin", Computing.onCpu(1), LanguageRules.ANY);
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(PATIENT, log, recognizer, null, ticking, () -> Instant.now()
                        .plus(ahead.get()))) {
            stage.publish(chunks.subList(0, cut));
            stage.await(h -> h.getKind() == HypothesisKind.PARTIAL);
            ahead.set(Duration.ofMinutes(1));
            ticks.drainPermits();
            assertThat(ticks.tryAcquire(3, 60, TimeUnit.SECONDS)).isTrue();
            stage.publish(chunks.subList(cut, chunks.size()));
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.of(0, HypothesisKind.FINAL))
                .extracting(AsrHypothesis::getText)
                .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                .containsExactly(Stage.said(0));
    }

    /** The clock goes on with the ticks alone, so however slow the machine is the worker does not take it for a standstill. */
    @Test
    void aBrokerThatIsAway_isNoPauseOfTheSpeakers() throws InterruptedException {
        List<AudioChunk> chunks = stage.pcm(0, Stage.talk(0));
        int cut = 18;
        var now = new AtomicReference<>(Instant.now());
        // As time passes: a chunk that an earlier test left would count as a backlog for as long as it stood still.
        var step = new AtomicReference<>(Duration.ofMillis(100));
        var ticks = new Semaphore(0);
        AsrEvents ticking = new AsrEvents() {
            @Override
            public void audioLag(Duration lag) {
                now.updateAndGet(instant -> instant.plus(step.get()));
                ticks.release();
            }
        };
        var recognizer = Recognizers.load("builtin", Computing.onCpu(1), LanguageRules.ANY);
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(PATIENT, log, recognizer, null, ticking, now::get)) {
            stage.publish(chunks.subList(0, cut));
            stage.await(h -> h.getKind() == HypothesisKind.PARTIAL);
            LocalStack.shared().stopKafka();
            try {
                step.set(Duration.ofMillis(500));
                ticks.drainPermits();
                assertThat(ticks.tryAcquire(60, 60, TimeUnit.SECONDS)).isTrue();
                assertThat(worker.trouble()).matches("Kafka has not answered for \\d\\d s");
                assertThat(worker.load().lag()).isGreaterThan(Duration.ofSeconds(20));
            } finally {
                step.set(Duration.ZERO);
                LocalStack.shared().startKafka();
            }
            stage.publish(chunks.subList(cut, chunks.size()));
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.finals(0)).hasSize(1);
        assertThat(stage.text(0)).isEqualToIgnoringCase(Stage.said(0));
    }

    @Test
    void aTrackThatVanishes_holdsItsPartitionBack_butNotForEver() throws Exception {
        List<AudioChunk> chunks = stage.opus(0, Stage.talk(0)).subList(0, 18);
        var impatient = new TrackRules(EndpointRules.DEFAULTS, 300, 500, 1000);
        stage.publish(chunks);
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(Stage.config(impatient, 60), log, events)) {
            stage.await(h -> h.getKind() == HypothesisKind.PROGRESS && h.getEndSample() == chunks.size() * 3200L);
            assertThat(stage.uncommitted(0)).isPositive();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> stage.uncommitted(0) == 0);
            assertThat(worker.load().tracks()).as("it may come back").isEqualTo(1);
            assertThat(worker.isHealthy()).isTrue();
        }
    }

    @Test
    void partitionsChangeHands_inTheMiddle_andEverythingIsSaid() {
        List<AudioChunk> first = stage.opus(0, Stage.talk(0, 1));
        List<AudioChunk> second = stage.opus(1, Stage.talk(2, 3));
        int cut = 28;
        stage.publishTo(0, first.subList(0, cut));
        stage.publishTo(1, second.subList(0, cut));
        try (EventLog log = Stage.openLog();
                EventLog otherLog = Stage.openLog()) {
            AsrWorkers one = AsrWorkers.launch(PATIENT, log, events);
            stage.await(h -> h.getTrackId().equals(stage.track(0)));
            stage.await(h -> h.getTrackId().equals(stage.track(1)));
            try (AsrWorkers other = AsrWorkers.launch(PATIENT, otherLog, events)) {
                stage.publishTo(0, first.subList(cut, cut + 8));
                stage.publishTo(1, second.subList(cut, cut + 8));
                one.close();
                stage.publishTo(0, first.subList(cut + 8, first.size()));
                stage.publishTo(1, second.subList(cut + 8, second.size()));
                stage.awaitEndOf(0, 1);
                assertThat(other.isHealthy()).isTrue();
            }
        }

        assertThat(stage.finals(0)).hasSize(2);
        assertThat(stage.finals(1)).hasSize(2);
        assertThat(SpeechClips.wordErrorRate(
                        List.of(Stage.said(0, 1), Stage.said(2, 3)), List.of(stage.text(0), stage.text(1))))
                .isLessThan(0.15);
    }

    @Test
    void aBrokerThatWasAway_costsNothing() {
        List<AudioChunk> chunks = stage.opus(0, Stage.talk(0, 1, 2));
        int cut = 40;
        // The broker's absence is no pause of the speaker's, however long it takes to start again.
        var lasting = new TrackRules(EndpointRules.DEFAULTS, 300, 500, 120_000);
        stage.publish(chunks.subList(0, cut));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(Stage.config(lasting, 60), log, events)) {
            stage.await(h -> h.getKind() == HypothesisKind.FINAL);
            LocalStack.shared().restartKafka();
            stage.publish(chunks.subList(cut, chunks.size()));
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.finals(0)).hasSize(3);
        assertThat(SpeechClips.wordErrorRate(List.of(Stage.said(0, 1, 2)), List.of(stage.text(0))))
                .isLessThan(0.15);
    }

    @Test
    void afterAFailureInside_everythingBeginsAgainFromWhatWasCommitted() {
        var failures = new AtomicInteger(1);
        var restarts = new AtomicInteger();
        AsrEvents failing = new AsrEvents() {
            @Override
            public void utteranceEnded(Outcome outcome) {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("injected by a test");
                }
            }

            @Override
            public void restarted() {
                restarts.incrementAndGet();
            }
        };
        stage.publish(stage.opus(0, Stage.talk(3, 4)));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(PATIENT, log, failing)) {
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(restarts).hasValue(1);
        assertThat(stage.finals(0)).hasSize(2);
    }

    @Test
    void speechThatTheRecognizerFailsOn_isAGap_andNothingElseIsHarmed() {
        stage.publish(stage.pcm(0, Stage.talk(0, 3)));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(
                        PATIENT,
                        log,
                        // Only the whole of the first clip is so long, or nearly the whole.
                        ScriptedRecognizer.breakingWhere(millis -> millis > 3900),
                        null,
                        events)) {
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        List<AsrHypothesis> finals = stage.of(0, HypothesisKind.FINAL);
        assertThat(finals).extracting(said -> said.getText().isEmpty()).containsExactlyInAnyOrder(true, false);
        AsrHypothesis failed = finals.stream()
                .filter(said -> said.getText().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(stage.of(0, HypothesisKind.PROGRESS).stream().flatMap(h -> h.getGaps().stream()))
                .containsExactly(new AudioGap(failed.getStartSample(), failed.getEndSample(), "decode_failed"));
        assertThat(events.outcomes).contains(AsrEvents.Outcome.FAILED, AsrEvents.Outcome.RECOGNIZED);
    }

    @Test
    void aRecognizerThatHearsNothingAnyMore_isTrouble_andItsAudioIsLeftToTheNext() {
        stage.publish(stage.pcm(0, Stage.talk(0)));
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(
                        PATIENT, log, ScriptedRecognizer.breakingWhere(millis -> true), null, events)) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> events.restarts.get() > 0);
            assertThat(worker.isHealthy()).isFalse();
            assertThat(stage.of(0, HypothesisKind.FINAL)).isEmpty();
        }
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(PATIENT, log, AsrEvents.NOOP)) {
            stage.awaitEndOf(0);
            assertThat(worker.isHealthy()).isTrue();
        }

        assertThat(stage.text(0)).isEqualToIgnoringCase(Stage.said(0));
    }

    @Test
    void healthAndMetrics_tellWhatRuns() throws Exception {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (EventLog log = Stage.openLog();
                AsrWorkers worker = AsrWorkers.launch(PATIENT, log, new MicrometerAsrEvents(meters));
                WorkerHttp http = WorkerHttp.start("127.0.0.1", 0, worker, meters)) {
            // a worker before this one may have ended between a final and its commit: this one hears that track again
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(get(http, "/health"))
                    .contains("\"status\":\"UP\"", "\"provider\":\"cpu\"", "synthetic voices only")
                    .contains("\"tracks\":0", "\"lag_seconds\":0.0", "\"backlog_seconds\":0.0"));
            assertThat(get(http, "/metrics"))
                    .contains("asr_provider{", "asr_audio_lag_seconds", "audio_frames_received");
            assertThatThrownBy(() -> WorkerHttp.start("127.0.0.1", http.port(), worker, meters))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ASR_PORT: " + http.port() + " on 127.0.0.1 is taken");
        }
    }

    private static String get(WorkerHttp http, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
