package dev.earshot.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * The topics as an AsyncAPI 3.0 document: channels from the catalogue, payloads from the records, operations from {@link #FLOW}.
 *
 * <p>Source: AsyncAPI 3.0.0 with the Kafka bindings 0.5.0.
 */
final class AsyncApiDocument {

    /** Which modules write to a topic, and which read it. */
    record Flow(String topic, List<String> writers, List<String> readers) {}

    static final List<Flow> FLOW = List.of(
            new Flow("audio.chunk.v1", List.of("audio-ingest"), List.of("asr-workers")),
            new Flow(
                    "meeting.event.v1",
                    List.of("audio-ingest", "bot-fleet", "ingress-api"),
                    List.of("segment-aggregator", "ingress-api")),
            new Flow("speaker.event.v1", List.of("audio-ingest", "bot-fleet"), List.of("segment-aggregator")),
            new Flow("bot.command.v1", List.of("ingress-api"), List.of("bot-fleet")),
            new Flow("bot.claim.v1", List.of("bot-fleet", "ingress-api"), List.of("bot-fleet", "ingress-api")),
            new Flow("asr.hypothesis.v1", List.of("asr-workers", "bot-fleet"), List.of("segment-aggregator")),
            new Flow("transcript.live.v1", List.of("segment-aggregator"), List.of("segment-aggregator", "ingress-api")),
            new Flow(
                    "transcript.segment.v1",
                    List.of("segment-aggregator"),
                    List.of("segment-aggregator", "ingress-api")));

    private static final String BINDING_VERSION = "0.5.0";
    private static final String AVRO = "application/vnd.apache.avro";
    private static final String DEAD_LETTER = "DeadLetter";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topics topics;

    private AsyncApiDocument(Topics topics) {
        this.topics = topics;
    }

    static String of(Topics topics) {
        return YamlText.of(new AsyncApiDocument(topics).document());
    }

    private Map<String, Object> document() {
        return map(
                "asyncapi", "3.0.0",
                "info", info(),
                "defaultContentType", AVRO,
                "servers", map("kafka", server()),
                "channels", channels(),
                "operations", operations(),
                "components", map("messages", messages()));
    }

    private static Map<String, Object> info() {
        return map(
                "title",
                "Earshot",
                "version",
                "1.0.0",
                "description",
                "The topics of Earshot, from audio to text that never changes again. transcript.segment.v1 is the one made"
                        + " for others to read. Keys are UTF-8 text; values are Avro in Confluent's wire format: a zero"
                        + " byte, the schema's id as a 32-bit big-endian number, Avro binary. Schemas of a topic stay"
                        + " compatible in both directions for ever (FULL_TRANSITIVE); what cannot is a new topic, .v2.",
                "license",
                map("name", "Apache-2.0", "url", "https://www.apache.org/licenses/LICENSE-2.0"));
    }

    private static Map<String, Object> server() {
        return map(
                "host",
                "localhost:9092",
                "protocol",
                "kafka",
                "bindings",
                map(
                        "kafka",
                        map(
                                "schemaRegistryUrl",
                                "http://localhost:8081",
                                "schemaRegistryVendor",
                                "confluent",
                                "bindingVersion",
                                BINDING_VERSION)));
    }

    private Map<String, Object> channels() {
        var channels = new LinkedHashMap<String, Object>();
        for (Topic<?> topic : topics.all()) {
            String record = topic.valueType().getSimpleName();
            channels.put(topic.name(), channel(topic.name(), schema(topic).getDoc(), record, binding(topic)));
        }
        for (Topic<?> topic : topics.all()) {
            String doc = "Records of " + topic.name() + " that a service could not handle, as they came.";
            channels.put(
                    topic.deadLetterName(),
                    channel(
                            topic.deadLetterName(),
                            doc,
                            DEAD_LETTER,
                            binding(1, "delete", topics.deadLetterRetention().toMillis())));
        }
        return channels;
    }

    private static Map<String, Object> channel(
            String address, String description, String message, Map<String, Object> binding) {
        return map(
                "address",
                address,
                "description",
                description,
                "messages",
                map(message, reference("components", "messages", message)),
                "bindings",
                map("kafka", binding));
    }

    private static Map<String, Object> binding(Topic<?> topic) {
        String policy = topic.settings().getOrDefault("cleanup.policy", "delete");
        return binding(topic.partitions(), policy, topic.retention().toMillis());
    }

    private static Map<String, Object> binding(int partitions, String policy, long retentionMs) {
        return map(
                "partitions",
                partitions,
                "topicConfiguration",
                map("cleanup.policy", List.of(policy.split(",")), "retention.ms", retentionMs),
                "bindingVersion",
                BINDING_VERSION);
    }

    private static Map<String, Object> operations() {
        var operations = new LinkedHashMap<String, Object>();
        for (Flow flow : FLOW) {
            flow.writers()
                    .forEach(module ->
                            operations.put(module + ".sends." + flow.topic(), operation(flow, "send", module)));
            flow.readers()
                    .forEach(module ->
                            operations.put(module + ".receives." + flow.topic(), operation(flow, "receive", module)));
        }
        return operations;
    }

    private static Map<String, Object> operation(Flow flow, String action, String module) {
        return map(
                "action", action, "channel", reference("channels", flow.topic()), "tags", List.of(map("name", module)));
    }

    private Map<String, Object> messages() {
        var messages = new LinkedHashMap<String, Object>();
        for (Topic<?> topic : topics.all()) {
            messages.put(topic.valueType().getSimpleName(), message(schema(topic)));
        }
        messages.put(DEAD_LETTER, deadLetter());
        return messages;
    }

    private static Map<String, Object> message(Schema schema) {
        return map(
                "summary",
                schema.getDoc(),
                "contentType",
                AVRO,
                "bindings",
                map(
                        "kafka",
                        map(
                                "key",
                                map("type", "string", "description", key(schema)),
                                "schemaIdLocation",
                                "payload",
                                "schemaIdPayloadEncoding",
                                "confluent",
                                "schemaLookupStrategy",
                                "TopicIdStrategy",
                                "bindingVersion",
                                BINDING_VERSION)),
                "payload",
                map("schemaFormat", AVRO + "+json;version=1.9.0", "schema", avro(schema)));
    }

    private static Map<String, Object> deadLetter() {
        var headers = new LinkedHashMap<String, Object>();
        headers.put("error.class", text("Java class of what went wrong."));
        headers.put("error.message", text("What went wrong, in a sentence."));
        headers.put("error.consumer", text("Client id of who could not handle it."));
        headers.put("source.topic", text("Where the record came from."));
        headers.put("source.partition", text("Its partition there, a decimal number."));
        headers.put("source.offset", text("Its offset there, a decimal number."));
        headers.put(
                "replayed.content",
                text("Only on a note without a value: the letter of this source went back to its topic."));
        return map(
                "summary",
                "The record as it came, bytes and headers, and why it is here.",
                "contentType",
                "application/octet-stream",
                "headers",
                map("type", "object", "properties", headers));
    }

    private static Map<String, Object> text(String description) {
        return map("type", "string", "description", description);
    }

    private static Map<String, Object> reference(String... path) {
        return map("$ref", "#/" + String.join("/", path));
    }

    private static Schema schema(Topic<?> topic) {
        return SpecificData.get().getSchema(topic.valueType());
    }

    /** The records' own docs say what the key is. */
    private static String key(Schema schema) {
        return schema.getDoc().replaceAll("(?s).*Key: ([a-z_]+)\\..*", "$1");
    }

    private static Object avro(Schema schema) {
        try {
            return withoutJava(JSON.readValue(schema.toString(), Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The generated classes' schemas say which Java class a text is; that is nobody else's business. */
    private static @Nullable Object withoutJava(@Nullable Object node) {
        if (node instanceof List<?> list) {
            return list.stream().map(AsyncApiDocument::withoutJava).toList();
        }
        if (!(node instanceof Map<?, ?> fields)) {
            return node;
        }
        var kept = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach((name, value) -> kept.put(String.valueOf(name), withoutJava(value)));
        boolean isText = kept.remove("avro.java.string") != null && kept.size() == 1;
        return isText ? kept.get("type") : kept;
    }

    /** Name, value, name, value, in this order. */
    private static Map<String, Object> map(Object... entries) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
