package dev.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.SpeakerEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A session that was begun is ended in the log, whatever happens. */
@Timeout(20)
class AudioSessionTest {

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicInteger openTracks = new AtomicInteger();
    private String refused = "";

    private final SessionLog log = new SessionLog() {
        @Override
        public void say(MeetingEvent event) {
            note(event.getType().name());
        }

        @Override
        public void say(SpeakerEvent event) {
            note(event.getType().name());
        }

        private void note(String type) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
            if (type.equals(refused)) {
                throw new IllegalStateException("no " + type);
            }
            said.add(type);
        }
    };

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void end_saysAll_whenThreadIsInterrupted() throws Exception {
        AudioSession session = start((chunk, partition) -> Mono.empty());
        session.write(new short[5_000], Instant.EPOCH);

        Thread.currentThread().interrupt();
        session.end("gone");

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(said)
                .containsExactly("SESSION_STARTED", "JOINED", "TRACK_ASSIGNED", "ERROR", "LEFT", "SESSION_ENDED");
        assertThat(openTracks).hasValue(0);
    }

    @Test
    void end_saysAll_whenWriterWasInterruptedWhileKafkaWasBehind() throws Exception {
        Sinks.Empty<Void> recovery = Sinks.empty();
        AudioSession session = start((chunk, partition) -> recovery.asMono());
        session.write(new short[TrackWriter.ROOM * 3_200], Instant.EPOCH);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> session.write(new short[4 * 3_200], Instant.EPOCH))
                .isInstanceOf(InterruptedException.class);
        recovery.tryEmitEmpty();
        session.end("gone");

        assertThat(said).endsWith("ERROR", "LEFT", "SESSION_ENDED");
        assertThat(openTracks).hasValue(0);
    }

    @Test
    void end_saysTheRest_whenOneEventIsRefused() {
        AudioSession session = start((chunk, partition) -> Mono.empty());
        refused = "LEFT";

        assertThatThrownBy(session::end).hasMessage("no LEFT");

        assertThat(said).endsWith("TRACK_ASSIGNED", "SESSION_ENDED");
    }

    @Test
    void start_givesTheTrackBack_andEndsWhatItBegan_whenItFails() {
        refused = "JOINED";

        assertThatThrownBy(() -> start((chunk, partition) -> Mono.empty())).hasMessage("no JOINED");

        assertThat(said).containsExactly("SESSION_STARTED", "SESSION_ENDED");
        assertThat(openTracks).hasValue(0);
    }

    @Test
    void start_endsTheSession_whenItIsUnknownWhetherTheStartWasTaken() {
        refused = "SESSION_STARTED";

        assertThatThrownBy(() -> start((chunk, partition) -> Mono.empty())).hasMessage("no SESSION_STARTED");

        assertThat(said).containsExactly("SESSION_ENDED");
        assertThat(openTracks).hasValue(0);
    }

    @Test
    void client_thatHangsUpDuringTheStart_leavesNoOpenSession() throws Exception {
        var starting = new CountDownLatch(1);
        var hungUp = new CountDownLatch(1);
        var client = new ClientSession(() -> {
            starting.countDown();
            assertThat(awaits(hungUp)).isFalse();
            return start((chunk, partition) -> Mono.empty());
        });
        var worker = new Thread(client::start);
        worker.start();
        starting.await();

        worker.interrupt();
        client.end("The stream broke off.");
        worker.join();

        assertThat(said)
                .containsExactly("SESSION_STARTED", "JOINED", "TRACK_ASSIGNED", "ERROR", "LEFT", "SESSION_ENDED");
        assertThat(openTracks).hasValue(0);
    }

    @Test
    void client_thatHungUpBeforeTheStart_beginsNothing() throws Exception {
        var client = new ClientSession(() -> start((chunk, partition) -> Mono.empty()));

        client.end("The stream broke off.");

        assertThatThrownBy(client::start).hasMessageContaining("hung up");
        assertThat(said).isEmpty();
    }

    /** Whether the latch opened; false when this thread was interrupted first. */
    private static boolean awaits(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private AudioSession start(ChunkSink sink) {
        var events = new AudioEvents() {
            @Override
            public void trackStarted(int partition) {
                openTracks.incrementAndGet();
            }

            @Override
            public void trackEnded(int partition) {
                openTracks.decrementAndGet();
            }
        };
        return AudioSession.start(
                log, new AudioPublisher(sink, 1, events), TrackInfo.first("7", new DecodingOptions("en", null)), "Ann");
    }
}
