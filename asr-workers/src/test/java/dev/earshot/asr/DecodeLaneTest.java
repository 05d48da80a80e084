package dev.earshot.asr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.domain.EnergyGate;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import dev.earshot.asr.wire.TrackIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodeLaneTest {

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final RecordingAsrEvents events = new RecordingAsrEvents();
    private final TrackLoop loop = new TrackLoop(failure -> answers.add("loop failed: " + failure));
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Double> backlogWhenTaken = new CopyOnWriteArrayList<>();
    /** Only the loop touches these. */
    private boolean partialsWait;

    private DoubleSupplier backlog = () -> 0;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        loop.close();
    }

    @Test
    void windowsThatComeTogether_areDecodedTogether_finalsBeforePartials() throws InterruptedException {
        DecodeLane lane = lane(ScriptedRecognizer.breakingAt(-1));
        loop.execute(() -> {
            lane.add(job("a", true, 100));
            lane.add(job("b", false, 200));
            lane.add(job("c", true, 300));
        });

        assertThat(taken(3)).containsExactly("a 100", "c 300", "b 200");
        assertThat(events.batches).containsExactly(2, 1);
    }

    @Test
    void whileTheDecoderWorks_theNextBatchGathers() throws InterruptedException {
        var allowed = new CountDownLatch(1);
        DecodeLane lane = lane(ScriptedRecognizer.waitingFor(allowed));
        var firstIsUnderWay = new CountDownLatch(1);
        loop.execute(() -> {
            backlog = () -> {
                firstIsUnderWay.countDown();
                return 0;
            };
            lane.add(job("a", true, 100));
        });
        assertThat(firstIsUnderWay.await(10, TimeUnit.SECONDS)).isTrue();
        loop.execute(() -> {
            lane.add(job("b", false, 200));
            lane.add(job("b", false, 250));
            lane.add(job("c", true, 300));
            assertThat(lane.backlogSeconds()).isEqualTo(0.3);
            allowed.countDown();
        });

        assertThat(taken(3)).containsExactly("a 100", "c 300", "b 250");
        assertThat(events.batches).containsExactly(1, 1, 1);
    }

    @Test
    void roomIsMade_whenABatchIsTaken_notOnlyWhenItIsDecoded() throws InterruptedException {
        var allowed = new CountDownLatch(1);
        DecodeLane lane = lane(ScriptedRecognizer.waitingFor(allowed));
        var taken = new CountDownLatch(1);
        loop.execute(() -> {
            backlog = () -> {
                taken.countDown();
                return lane.backlogSeconds();
            };
            lane.add(job("a", true, 100));
        });

        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answers).as("not yet decoded").isEmpty();
        allowed.countDown();
        assertThat(taken(1)).containsExactly("a 100");
        assertThat(backlogWhenTaken).containsExactly(0.0);
    }

    @Test
    void whileABacklogIsRead_onlyFinalsAreDecoded_andOfThePartialsTheLast() throws InterruptedException {
        DecodeLane lane = lane(ScriptedRecognizer.breakingAt(-1));
        loop.execute(() -> {
            partialsWait = true;
            lane.add(job("a", false, 100));
            lane.add(job("b", true, 200));
        });
        assertThat(taken(1)).containsExactly("b 200");
        loop.execute(() -> {
            lane.add(job("a", false, 300));
            partialsWait = false;
        });

        assertThat(taken(1)).containsExactly("a 300");
    }

    @Test
    void untilItIsKnownWhatTheyTake_partialsAreDecodedOneByOne_andAFinalWaitsForOneOfThem()
            throws InterruptedException {
        var partial = new CountDownLatch(1);
        var allowed = new CountDownLatch(1);
        DecodeLane lane = lane(new Scripted(windows -> {
            partial.countDown();
            Scripted.await(allowed);
        }));
        loop.execute(() -> {
            lane.add(job("a", false, 100));
            lane.add(job("b", false, 200));
        });
        Scripted.await(partial);
        loop.execute(() -> {
            lane.add(job("c", true, 300));
            allowed.countDown();
        });

        assertThat(taken(3)).containsExactly("a 100", "c 300", "b 200");
    }

    @Test
    void aWindowThatBreaksTheRecognizer_harmsNobodyElse() throws InterruptedException {
        DecodeLane lane = lane(ScriptedRecognizer.breakingAt(200));
        loop.execute(() -> {
            lane.add(job("a", true, 100));
            lane.add(job("b", true, 200));
            lane.add(job("c", true, 300));
        });

        assertThat(taken(3)).containsExactly("a 100", "b failed", "c 300");
    }

    @Test
    void anErrorOfTheDecoder_isAFailure_andTheNextWindowIsDecoded() throws InterruptedException {
        DecodeLane lane = lane(new Scripted(windows -> {
            if (windows.get(0).samples().length == 1600) {
                throw new OutOfMemoryError("injected by a test");
            }
        }));
        loop.execute(() -> lane.add(job("a", true, 100)));
        assertThat(taken(1)).containsExactly("loop failed: java.lang.OutOfMemoryError: injected by a test");

        loop.execute(() -> lane.add(job("b", true, 200)));

        assertThat(taken(1)).containsExactly("b 200");
    }

    @Test
    void aRecognizerThatHearsNothingAnyMore_isAFailure_andNoWindowIsLostToIt() throws InterruptedException {
        DecodeLane lane = lane(new Scripted(windows -> {
            throw new IllegalStateException("injected by a test");
        }));
        loop.execute(() -> {
            lane.add(job("a", true, 100));
            lane.add(job("b", true, 200));
        });

        assertThat(taken(1)).containsExactly("loop failed: java.lang.IllegalStateException: injected by a test");
        lane.close();
        // What the decoder had handed to the loop by then comes before this.
        loop.execute(() -> answers.add("nothing more"));
        assertThat(taken(2)).containsExactly("closed on asr-decode", "nothing more");
    }

    @Test
    void close_freesTheRecognizer_onlyWhenNothingIsDecoded() throws Exception {
        var decoding = new CountDownLatch(1);
        var allowed = new CountDownLatch(1);
        var recognizer = new Scripted(windows -> {
            decoding.countDown();
            Scripted.await(allowed);
            answers.add("decoded");
        });
        var lane = new DecodeLane(recognizer, AsrConfig.defaults(), loop, new Answers(), events);
        loop.execute(() -> lane.add(job("a", true, 100)));
        Scripted.await(decoding);
        loop.after(Duration.ofMillis(100), allowed::countDown);

        lane.close();

        // The loop has the answer while the decoder closes: only the decoder's own steps have an order.
        assertThat(taken(3))
                .containsExactlyInAnyOrder("decoded", "a 100", "closed on asr-decode")
                .containsSubsequence("decoded", "closed on asr-decode");
    }

    @Test
    void anErrorOnTheLoop_isAFailure_andTheNextTickComes() throws InterruptedException {
        loop.every(Duration.ofMillis(1), () -> {
            throw new StackOverflowError("injected by a test");
        });

        assertThat(taken(2)).containsOnly("loop failed: java.lang.StackOverflowError: injected by a test");
    }

    private DecodeLane lane(Recognizer recognizer) {
        var lane = new DecodeLane(recognizer, AsrConfig.defaults(), loop, new Answers(), events);
        open.add(lane);
        return lane;
    }

    private final class Answers implements DecodeLane.Client {

        @Override
        public boolean partialsWait() {
            return partialsWait;
        }

        @Override
        public void roomMade() {
            backlogWhenTaken.add(backlog.getAsDouble());
        }

        @Override
        public void decoded(DecodeJob job, Transcription heard, long micros) {
            answers.add(job.track().id() + " " + (heard == null ? "failed" : heard.text()));
        }
    }

    private List<String> taken(int count) throws InterruptedException {
        var taken = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            taken.add(answers.poll(10, TimeUnit.SECONDS));
        }
        return taken;
    }

    private static DecodeJob job(String track, boolean isFinal, int millis) {
        var listened = new ListenedTrack(
                new TrackIdentity("1", "s", track, 0),
                new AudioPartition(new Turn(0), Instant.EPOCH),
                AsrConfig.defaults().rules(),
                new EnergyGate());
        return new DecodeJob(listened, isFinal, 0, millis * 16L, millis * 16L, 1, new Window(new float[millis * 16]));
    }

    /** Hears what {@link ScriptedRecognizer} hears, after a step of the test's. */
    private final class Scripted implements Recognizer {

        private final Recognizer scripted = ScriptedRecognizer.breakingAt(-1);
        private final Consumer<List<Window>> step;

        Scripted(Consumer<List<Window>> step) {
            this.step = step;
        }

        static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public ModelInfo model() {
            return scripted.model();
        }

        @Override
        public List<Transcription> decode(List<Window> windows) {
            step.accept(windows);
            return scripted.decode(windows);
        }

        @Override
        public void close() {
            answers.add("closed on " + Thread.currentThread().getName());
        }
    }
}
