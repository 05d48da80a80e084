package dev.earshot.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.AudioSession;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.audio.file.AudioFile;
import dev.earshot.standalone.ServerAddresses;
import dev.earshot.standalone.ServicePorts;
import dev.earshot.standalone.Standalone;
import dev.earshot.standalone.StandaloneConfig;
import dev.earshot.standalone.report.WordErrors;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** Somebody else's consumer reads the transcript with no class of ours: Kafka, Avro, and the registry's REST API. */
class OutsideConsumerIT {

    private static final String TOPIC = "transcript.segment.v1";
    private static final String MEETING = "4711";
    private static final Speech SPEECH = Speech.turn(3);

    private static final StandaloneConfig CONFIG =
            new StandaloneConfig(null, ServerAddresses.NONE, ServicePorts.FREE, "admin-of-this-test", false);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Schema> schemas = new HashMap<>();

    @Test
    void readsTheTranscript_withTheRegistrysRestApiAndTheTopicAlone() throws Exception {
        try (Standalone earshot = Standalone.launch(CONFIG)) {
            speak(earshot);
            List<GenericRecord> transcript = read(earshot.bootstrapServers(), earshot.schemaRegistryUrl());

            assertThat(transcript)
                    .extracting(entry -> entry.get("seq"))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, transcript.size()).boxed().collect(Collectors.toList()));
            assertThat(transcript)
                    .allSatisfy(entry -> assertThat(entry.get("meeting_id")).hasToString(MEETING));
            List<GenericRecord> segments = ofKind(transcript, "SEGMENT");
            assertThat(segments).isNotEmpty().allSatisfy(segment -> {
                assertThat(segment.get("speaker")).hasToString("Bob Brown");
                assertThat(segment.get("segment_id").toString()).matches("[0-9a-f-]{36}:t0:\\d+");
                assertThat((long) segment.get("end_ms")).isGreaterThan((long) segment.get("start_ms"));
            });
            String text = segments.stream()
                    .map(segment -> segment.get("text").toString())
                    .collect(Collectors.joining(" "));
            assertThat(WordErrors.between(SPEECH.text(), text).rate()).as(text).isLessThanOrEqualTo(0.3);
            assertThat(ofKind(transcript, "COMPLETE")).hasSize(1);

            assertThat(metrics(earshot.adminUrl()))
                    .as("the meters of every service of this process")
                    .contains("asr_audio_decoded_seconds_total", "audio_tracks", "bot_sessions{", "feed_viewers")
                    .containsPattern("segments_published_total\\{kind=\"complete\"} 1");
        }
    }

    private String metrics(URI admin) throws Exception {
        var request = HttpRequest.newBuilder(admin.resolve("/metrics")).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static void speak(Standalone earshot) throws Exception {
        var session = AudioSession.start(
                earshot.eventLog(), AudioPublisher.on(earshot.eventLog()), MEETING, "Bob Brown", DecodingOptions.NONE);
        try (AudioFile wav = AudioFile.open(SPEECH.open(), SPEECH.resource())) {
            for (short[] samples = wav.next(); samples != null; samples = wav.next()) {
                session.write(samples);
            }
        }
        session.end();
    }

    private static List<GenericRecord> ofKind(List<GenericRecord> transcript, String kind) {
        return transcript.stream()
                .filter(entry -> entry.get("kind").toString().equals(kind))
                .toList();
    }

    private List<GenericRecord> read(String bootstrapServers, String registry) throws Exception {
        var settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "somebody-else");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var transcript = new ArrayList<GenericRecord>();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            while (ofKind(transcript, "COMPLETE").isEmpty() && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    assertThat(record.key()).isEqualTo(MEETING);
                    transcript.add(decode(record.value(), registry));
                }
            }
        }
        return transcript;
    }

    /** The Confluent wire format: a zero, the schema's id in four bytes, Avro. */
    private GenericRecord decode(byte[] value, String registry) throws Exception {
        var bytes = ByteBuffer.wrap(value);
        assertThat(bytes.get()).isZero();
        int id = bytes.getInt();
        Schema schema = schemas.get(id);
        if (schema == null) {
            schema = fetch(id, registry);
            schemas.put(id, schema);
        }
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
        GenericRecord entry = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        return entry;
    }

    private Schema fetch(int id, String registry) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return new Schema.Parser()
                .parse(new ObjectMapper()
                        .readTree(response.body())
                        .path("schema")
                        .asText());
    }
}
