package dev.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.Subscription;
import dev.earshot.localstack.LocalStack;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.schema.avro.SpeakerEventType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** The endpoints over real sockets and a real broker. */
@Timeout(60)
class AudioIngestIT {

    private static final AtomicInteger MEETINGS = new AtomicInteger(500);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Disposable.Composite SUBSCRIPTIONS = Disposables.composite();
    private static final List<AudioChunk> CHUNKS = new CopyOnWriteArrayList<>();
    private static final List<MeetingEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static final List<SpeakerEvent> SPEAKERS = new CopyOnWriteArrayList<>();

    private static EventLog log;
    private static AudioIngest ingest;

    private final String meetingId = Integer.toString(MEETINGS.incrementAndGet());

    @BeforeAll
    static void launch() {
        LocalStack stack = LocalStack.shared();
        log = EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "ingest-it"), Topics.defaults());
        log.createTopics();
        record(log.topics().audioChunks(), CHUNKS);
        record(log.topics().meetingEvents(), EVENTS);
        record(log.topics().speakerEvents(), SPEAKERS);
        ingest = AudioIngest.launch(new AudioIngestConfig("127.0.0.1", 0, null, 1_000_000), log);
    }

    private static <V extends SpecificRecord> void record(Topic<V> topic, List<V> target) {
        SUBSCRIPTIONS.add(log.receive(topic, Subscription.everything(Subscription.From.EARLIEST))
                .subscribe(received -> target.add(received.value())));
    }

    @AfterAll
    static void close() {
        ingest.close();
        SUBSCRIPTIONS.dispose();
        log.close();
    }

    @Test
    void upload_becomesASession() throws Exception {
        HttpResponse<String> response = post("?speaker=Ann&language=en&task=translate", wav(20_000));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"seconds\":1.25");
        awaitEnd();
        assertThat(chunks()).extracting(AudioChunk::getSequence).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(chunks().stream().mapToInt(AudioChunk::getSampleCount).sum()).isEqualTo(20_000);
        assertThat(chunks()).extracting(AudioChunk::getLanguage).containsOnly("en");
        assertThat(chunks()).extracting(AudioChunk::getTask).containsOnly("translate");
        assertThat(chunks().get(6).getEndOfTrack()).isTrue();
        assertThat(of(MeetingEventType.SESSION_ENDED).getTrackIds())
                .containsExactly(chunks().get(0).getTrackId());
        await().untilAsserted(() -> assertThat(
                        SPEAKERS.stream().filter(e -> e.getMeetingId().equals(meetingId)))
                .extracting(SpeakerEvent::getType)
                .containsExactly(SpeakerEventType.JOINED, SpeakerEventType.TRACK_ASSIGNED, SpeakerEventType.LEFT));
        assertThat(SPEAKERS.stream().filter(e -> e.getMeetingId().equals(meetingId)))
                .extracting(SpeakerEvent::getName)
                .containsOnly("Ann");
    }

    @Test
    void upload_thatIsNoWav_isRefusedWithASentence() throws Exception {
        HttpResponse<String> response = post("", "not audio at all".getBytes(StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("The upload is not a WAV file");
        assertThat(EVENTS).noneMatch(event -> event.getMeetingId().equals(meetingId));
    }

    @Test
    void upload_thatIsTruncated_endsItsSessionWithTheReason() throws Exception {
        HttpResponse<String> response = post("", Arrays.copyOf(wav(20_000), 10_000));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("is truncated");
        awaitEnd();
        assertThat(of(MeetingEventType.ERROR).getDetail()).contains("is truncated");
    }

    @Test
    void upload_thatIsTooLarge_isRefused() throws Exception {
        assertThat(post("", wav(600_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void wrongMeeting_isRefused() throws Exception {
        HttpResponse<String> response = send(
                HttpRequest.newBuilder(uri("/v1/audio/abc")).POST(HttpRequest.BodyPublishers.ofByteArray(wav(10))));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("meeting_id: abc (expected: the meeting's number)");
    }

    @Test
    void token_isAskedFor_whenThereIsOne() throws Exception {
        try (AudioIngest guarded =
                AudioIngest.launch(new AudioIngestConfig("127.0.0.1", 0, "secret", 1_000_000), log)) {
            URI uri = URI.create("http://127.0.0.1:" + guarded.port() + "/v1/audio/" + meetingId);
            var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(wav(3_200)));

            assertThat(send(request).statusCode()).isEqualTo(401);
            assertThat(send(request.header("Authorization", "Bearer secret")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void stream_becomesASession_asItComes() throws Exception {
        var listener = new Listener();
        WebSocket socket = connect("&speaker=Bob", listener);
        for (int i = 0; i < 20; i++) {
            socket.sendBinary(ByteBuffer.wrap(new byte[1_001]), true).get(5, TimeUnit.SECONDS);
        }
        await().until(() -> chunks().size() >= 2);
        socket.sendText("end", true).get(5, TimeUnit.SECONDS);
        await().until(() -> listener.texts.size() == 2);

        assertThat(listener.texts.get(0)).contains("\"type\":\"started\"");
        assertThat(listener.texts.get(1)).contains("\"type\":\"ended\"").contains("\"seconds\":0.625625");
        awaitEnd();
        assertThat(chunks().stream().mapToInt(AudioChunk::getSampleCount).sum()).isEqualTo(10_010);
    }

    @Test
    void stream_thatBreaksOff_stillEndsItsSession() throws Exception {
        WebSocket socket = connect("", new Listener());
        socket.sendBinary(ByteBuffer.wrap(new byte[6_400]), true).get(5, TimeUnit.SECONDS);
        await().until(() ->
                EVENTS.stream().anyMatch(event -> event.getMeetingId().equals(meetingId)));
        socket.abort();

        awaitEnd();
        assertThat(of(MeetingEventType.SESSION_ENDED).getTrackIds()).hasSize(1);
    }

    @Test
    void stream_ofAnEncodingThatIsNotTaken_isRefused() throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(uri("/v1/stream?meeting_id=" + meetingId + "&encoding=opus")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("encoding: opus (expected: s16le or f32le, 16 kHz mono)");
    }

    @Test
    void stream_withAMessageOfTenMegabytes_endsItsSessionWithTheReason() throws Exception {
        WebSocket socket = connect("", new Listener());
        socket.sendBinary(ByteBuffer.wrap(new byte[6_400]), true).get(5, TimeUnit.SECONDS);
        await().until(() ->
                EVENTS.stream().anyMatch(event -> event.getMeetingId().equals(meetingId)));

        // The connection may be closed before all of it is sent.
        var unused = socket.sendBinary(ByteBuffer.wrap(new byte[10_000_000]), true);

        awaitEnd();
        assertThat(of(MeetingEventType.ERROR).getDetail()).contains("The stream broke off");
        assertThat(chunks().stream().mapToInt(AudioChunk::getSampleCount).sum()).isEqualTo(3_200);
    }

    @Test
    void upload_isToBeSentAgain_whenTheLogIsAway() throws Exception {
        try (EventLog away =
                        EventLog.open(EventLogConfig.of("127.0.0.1:1", "http://127.0.0.1:1", "away"), log.topics());
                AudioIngest cutOff = AudioIngest.launch(new AudioIngestConfig("127.0.0.1", 0, null, 1_000_000), away)) {
            URI uri = URI.create("http://127.0.0.1:" + cutOff.port() + "/v1/audio/" + meetingId);
            HttpResponse<String> response =
                    send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(wav(3_200))));

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("did not get into Kafka");
        }
    }

    @Test
    void health_tells() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/health"))).body()).contains("\"status\":\"up\"");
    }

    // --- client ---

    private static final class Listener implements WebSocket.Listener {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            texts.add(text.toString());
            socket.request(1);
            return null;
        }
    }

    private WebSocket connect(String parameters, WebSocket.Listener listener) throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + ingest.port() + "/v1/stream?meeting_id=" + meetingId + parameters);
        return CLIENT.newWebSocketBuilder().buildAsync(uri, listener).get(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> post(String parameters, byte[] body) throws Exception {
        return send(HttpRequest.newBuilder(uri("/v1/audio/" + meetingId + parameters))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + ingest.port() + path);
    }

    // --- topics ---

    private List<AudioChunk> chunks() {
        return CHUNKS.stream()
                .filter(chunk -> chunk.getMeetingId().equals(meetingId))
                .toList();
    }

    private MeetingEvent of(MeetingEventType type) {
        return EVENTS.stream()
                .filter(event -> event.getMeetingId().equals(meetingId) && event.getType() == type)
                .findFirst()
                .orElseThrow();
    }

    private void awaitEnd() {
        await().atMost(Duration.ofSeconds(20)).until(() -> EVENTS.stream()
                .anyMatch(event ->
                        event.getMeetingId().equals(meetingId) && event.getType() == MeetingEventType.SESSION_ENDED));
        await().until(() -> chunks().stream().anyMatch(AudioChunk::getEndOfTrack));
    }

    private static byte[] wav(int samples) {
        var wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        wav.putInt(16_000).putInt(32_000).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        return wav.array();
    }
}
