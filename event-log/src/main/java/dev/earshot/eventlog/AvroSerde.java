package dev.earshot.eventlog;

import dev.earshot.schema.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro in Confluent's wire format: a zero byte, the schema's id as a 32-bit big-endian number, Avro binary. The writer's
 * schema is registered under {@code <topic>-value} at the first record of a topic; the reader's is our own, so records
 * written with an older or newer compatible schema are read too.
 *
 * <p>Thread-safe. Ids and readers are kept for the life of the serde. Throws {@link MalformedRecordException} for bytes that
 * cannot be read and {@link EventLogException} when the registry does not help.
 */
public final class AvroSerde<V extends SpecificRecord> implements Serde<V>, Serializer<V>, Deserializer<V> {

    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    private final SchemaRegistry registry;
    private final Schema schema;
    private final SpecificData data;
    private final SpecificDatumWriter<V> writer;
    private final Map<String, Integer> idsByTopic = new ConcurrentHashMap<>();
    private final Map<Integer, DatumReader<V>> readersById = new ConcurrentHashMap<>();
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    AvroSerde(SchemaRegistry registry, Class<V> type) {
        Records.trust();
        this.registry = registry;
        this.data = SpecificData.getForClass(type);
        // A word writes itself then, which Avro otherwise does field by field by its schema: on a busy machine a live
        // record of ten words took 1.4 microseconds instead of 2.5. Reading takes as long either way.
        data.setCustomCoders(true);
        this.schema = data.getSchema(type);
        this.writer = new SpecificDatumWriter<>(schema, data);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable V value) {
        if (value == null) {
            return null;
        }
        int id = register(topic);
        Scratch s = scratch.get();
        s.bytes.reset();
        s.bytes.writeBytes(
                ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(id).array());
        s.encoder = EncoderFactory.get().binaryEncoder(s.bytes, s.encoder);
        try {
            writer.write(value, s.encoder);
            s.encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return s.bytes.toByteArray();
    }

    @Override
    public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
            throw new MalformedRecordException(topic + ": not in the registry's wire format (" + bytes.length
                    + " bytes, expected: 00, 4-byte schema id, Avro)");
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        DatumReader<V> reader = readersById.computeIfAbsent(id, this::reader);
        Scratch s = scratch.get();
        s.decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, s.decoder);
        try {
            V value = reader.read(null, s.decoder);
            if (s.decoder.isEnd()) {
                return value;
            }
        } catch (IOException | RuntimeException e) {
            throw new MalformedRecordException(topic + ": bytes do not fit schema " + id, e);
        }
        throw new MalformedRecordException(topic + ": more bytes than schema " + id + " accounts for");
    }

    /** Makes our schema known for a topic before its first record. Returns the schema's id. */
    int register(String topic) {
        return idsByTopic.computeIfAbsent(topic, t -> registry.register(t + "-value", schema));
    }

    private DatumReader<V> reader(int id) {
        try {
            return new SpecificDatumReader<>(registry.schema(id), schema, data);
        } catch (AvroRuntimeException e) {
            throw new MalformedRecordException("schema " + id + " cannot be read as " + schema.getFullName(), e);
        }
    }

    @Override
    public Serializer<V> serializer() {
        return this;
    }

    @Override
    public Deserializer<V> deserializer() {
        return this;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        // Made ready by its constructor.
    }

    @Override
    public void close() {
        // Holds no resource.
    }

    /** What one thread uses again and again instead of allocating it per record. */
    private static final class Scratch {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);

        @Nullable
        BinaryEncoder encoder;

        @Nullable
        BinaryDecoder decoder;
    }
}
