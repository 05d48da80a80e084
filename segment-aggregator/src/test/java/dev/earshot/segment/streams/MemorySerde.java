package dev.earshot.segment.streams;

import dev.earshot.eventlog.MalformedRecordException;
import dev.earshot.schema.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Avro without a registry, for a topology that runs without a broker. */
public final class MemorySerde {

    private MemorySerde() {}

    public static <V extends SpecificRecord> Serde<V> of(Class<V> type) {
        Records.trust();
        var data = SpecificData.getForClass(type);
        var schema = data.getSchema(type);
        return Serdes.serdeFrom(
                (topic, value) -> {
                    var bytes = new ByteArrayOutputStream();
                    var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
                    try {
                        new SpecificDatumWriter<V>(schema, data).write(value, encoder);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return bytes.toByteArray();
                },
                (topic, bytes) -> {
                    if (bytes == null) {
                        return null;
                    }
                    try {
                        return new SpecificDatumReader<V>(schema, schema, data)
                                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
                    } catch (IOException | RuntimeException e) {
                        throw new MalformedRecordException("not a " + schema.getName(), e);
                    }
                });
    }
}
