package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/**
 * What our serde needs of a registry, and what people's tools ask of one. Every registry that we say we work with passes
 * the same suite: the embedded one, and one that others wrote.
 */
abstract class RegistryConformance {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String topic = "conformance." + UUID.randomUUID();
    private final String subject = topic + "-value";

    /** The base of the Confluent API, without a slash at its end. */
    abstract String url();

    @Test
    void isThere() {
        registry().check();
    }

    @Test
    void takesEverySchemaOfTheCatalogue_underOurRule() {
        Topics topics = Servers.freshTopics();
        var config = EventLogConfig.of(Servers.bootstrapServers(), url(), "conformance");
        try (EventLog log = EventLog.open(config, topics)) {
            log.check();
            log.createTopics();
            log.createTopics();
            for (var each : topics.all()) {
                int id = log.serde(each.valueType()).register(each.name());
                assertThat(registry().schema(id)).isEqualTo(SpecificData.get().getSchema(each.valueType()));
            }
        }
    }

    @Test
    void carriesRecordsFromOneSerdeToAnother() {
        BotClaim claim = Servers.claim(1);
        byte[] bytes = serde().serialize(topic, claim);
        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(serde().register(topic));
        assertThat(serde().deserialize(topic, bytes)).isEqualTo(claim);
    }

    @Test
    void givesASchemaOneId() {
        int id = registry().register(subject, shape(1));
        assertThat(registry().register(subject, shape(1))).isEqualTo(id);
        assertThat(registry().register("other." + subject, shape(1))).isEqualTo(id);
        assertThat(registry().schema(id)).isEqualTo(shape(1));
    }

    @Test
    void readsWhatANewerWriterWrote() throws Exception {
        registry().setCompatibility(subject, "FULL_TRANSITIVE");
        serde().register(topic);
        Schema newer = new Schema.Parser()
                .parse(
                        BotClaim.getClassSchema()
                                .toString()
                                .replaceFirst(
                                        "\"fields\":\\[",
                                        "\"fields\":[{\"name\":\"added\",\"type\":\\[\"null\",\"string\"\\],\"default\":null},"));
        int id = registry().register(subject, newer);

        GenericRecordBuilder written = new GenericRecordBuilder(newer).set("added", "later");
        BotClaim claim = Servers.claim(7);
        written.set("meeting_id", claim.getMeetingId()).set("session_uid", claim.getSessionUid());
        written.set("node", claim.getNode()).set("epoch", claim.getEpoch()).set("heartbeat_at", 0L);
        written.set(
                "state",
                new GenericData.EnumSymbol(
                        newer.getField("state").schema(), claim.getState().name()));
        assertThat(serde().deserialize(topic, framed(id, newer, written.build())))
                .isEqualTo(claim);
    }

    @Test
    void refusesWhatOldReadersCouldNotRead() {
        registry().setCompatibility(subject, "FULL_TRANSITIVE");
        registry().register(subject, shape(1));
        int second = registry().register(subject, shape(2));
        assertThat(registry().schema(second)).isEqualTo(shape(2));
        Schema mandatory =
                SchemaBuilder.record("Shape").fields().requiredString("must").endRecord();
        assertThatThrownBy(() -> registry().register(subject, mandatory))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("409");
    }

    @Test
    void knowsNoIdThatItNeverGave() {
        assertThatThrownBy(() -> registry().schema(987_654_321)).isInstanceOf(MalformedRecordException.class);
        byte[] bytes = ByteBuffer.allocate(6).put((byte) 0).putInt(987_654_321).array();
        assertThatThrownBy(() -> serde().deserialize(topic, bytes)).isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void listsSubjectsAndVersions() throws Exception {
        int first = registry().register(subject, shape(1));
        int second = registry().register(subject, shape(2));
        assertThat(get("/subjects", 200)).extracting(JsonNode::asText).contains(subject);
        assertThat(get("/subjects/" + subject + "/versions", 200))
                .extracting(JsonNode::asInt)
                .containsExactly(1, 2);
        JsonNode one = get("/subjects/" + subject + "/versions/1", 200);
        assertThat(one.get("id").asInt()).isEqualTo(first);
        assertThat(one.get("subject").asText()).isEqualTo(subject);
        assertThat(one.get("version").asInt()).isEqualTo(1);
        assertThat(new Schema.Parser().parse(one.get("schema").asText())).isEqualTo(shape(1));
        assertThat(get("/subjects/" + subject + "/versions/latest", 200)
                        .get("id")
                        .asInt())
                .isEqualTo(second);
        assertThat(get("/schemas/types", 200)).extracting(JsonNode::asText).contains("AVRO");
    }

    @Test
    void findsASchemaWithinASubject() throws Exception {
        int id = registry().register(subject, shape(1));
        JsonNode found = post("/subjects/" + subject, shape(1).toString(), 200);
        assertThat(found.get("id").asInt()).isEqualTo(id);
        assertThat(found.get("version").asInt()).isEqualTo(1);
        assertThat(code(post("/subjects/" + subject, shape(9).toString(), 404))).isEqualTo(40403);
        assertThat(code(post("/subjects/none." + subject, shape(1).toString(), 404)))
                .isEqualTo(40401);
    }

    @Test
    void saysBeforehandWhatItWouldRefuse() throws Exception {
        registry().setCompatibility(subject, "FULL_TRANSITIVE");
        registry().register(subject, shape(1));
        assertThat(get("/config/" + subject, 200).get("compatibilityLevel").asText())
                .isEqualTo("FULL_TRANSITIVE");
        String latest = "/compatibility/subjects/" + subject + "/versions/latest";
        assertThat(post(latest, shape(2).toString(), 200).get("is_compatible").asBoolean())
                .isTrue();
        String mandatory = SchemaBuilder.record("Shape")
                .fields()
                .requiredString("must")
                .endRecord()
                .toString();
        assertThat(post(latest, mandatory, 200).get("is_compatible").asBoolean())
                .isFalse();
    }

    @Test
    void answersMistakesWithConfluentsCodes() throws Exception {
        registry().register(subject, shape(1));
        assertThat(code(get("/subjects/none." + subject + "/versions", 404))).isEqualTo(40401);
        assertThat(code(get("/subjects/none." + subject + "/versions/1", 404))).isEqualTo(40401);
        assertThat(code(get("/subjects/" + subject + "/versions/9", 404))).isEqualTo(40402);
        assertThat(code(get("/schemas/ids/987654321", 404))).isEqualTo(40403);
        assertThat(code(post("/subjects/" + subject + "/versions", "{", 422))).isEqualTo(42201);
    }

    @Test
    void keepsTheIdsOfDeletedVersions() throws Exception {
        int id = registry().register(subject, shape(1));
        assertThat(send("DELETE", "/subjects/" + subject, null, 200))
                .extracting(JsonNode::asInt)
                .containsExactly(1);
        assertThat(get("/subjects", 200)).extracting(JsonNode::asText).doesNotContain(subject);
        assertThat(registry().schema(id)).isEqualTo(shape(1));
        assertThat(registry().register(subject, shape(1))).isEqualTo(id);
    }

    private SchemaRegistry registry() {
        return new SchemaRegistry(url(), PATIENCE);
    }

    private AvroSerde<BotClaim> serde() {
        return new AvroSerde<>(registry(), BotClaim.class);
    }

    /** A record with so many optional fields; equal shapes must share an id, whichever test made them first. */
    private static Schema shape(int fields) {
        var assembler = SchemaBuilder.record("Shape").fields();
        IntStream.range(0, fields).forEach(i -> assembler.optionalString("f" + i));
        return assembler.endRecord();
    }

    private static byte[] framed(int id, Schema schema, GenericRecord record) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        return bytes.toByteArray();
    }

    private static int code(JsonNode error) {
        return error.path("error_code").asInt();
    }

    private JsonNode get(String path, int status) throws Exception {
        return send("GET", path, null, status);
    }

    private JsonNode post(String path, String schema, int status) throws Exception {
        return send("POST", path, JSON.createObjectNode().put("schema", schema).toString(), status);
    }

    private JsonNode send(String method, String path, String body, int status) throws Exception {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, publisher)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }
}
