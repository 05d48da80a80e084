package dev.earshot.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One file per shape that a record takes on its topic: what is filled in and what is left out. */
class GoldenRecordsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeAll
    static void trustRecords() {
        Records.trust();
    }

    static List<Path> shapes() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<? extends SpecificRecord> type(Path file) {
        String record = file.getFileName().toString().replaceAll("\\..*", "");
        return Topics.defaults().all().stream()
                .<Class<? extends SpecificRecord>>map(Topic::valueType)
                .filter(type -> type.getSimpleName().equals(record))
                .findFirst()
                .orElseThrow();
    }

    private static SpecificRecord read(Path file) throws IOException {
        SpecificData data = SpecificData.getForClass(type(file));
        Schema schema = data.getSchema(type(file));
        return new SpecificDatumReader<SpecificRecord>(schema, schema, data)
                .read(null, DecoderFactory.get().jsonDecoder(schema, Files.readString(file)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isReadAndWrittenWithoutAChange(Path file) throws IOException {
        SpecificRecord record = read(file);
        assertThat(JSON.readTree(json(record))).isEqualTo(JSON.readTree(Files.readString(file)));

        // Compared as text: Avro's own lists cannot compare records with a time in them.
        assertThat(json(throughBinary(record))).isEqualTo(json(record));
    }

    private static String json(SpecificRecord record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        write(record, EncoderFactory.get().jsonEncoder(record.getSchema(), bytes));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static SpecificRecord throughBinary(SpecificRecord record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        write(record, EncoderFactory.get().binaryEncoder(bytes, null));
        Schema schema = record.getSchema();
        return new SpecificDatumReader<SpecificRecord>(schema, schema, SpecificData.getForClass(record.getClass()))
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }

    private static void write(SpecificRecord record, Encoder encoder) throws IOException {
        new SpecificDatumWriter<SpecificRecord>(record.getSchema(), SpecificData.getForClass(record.getClass()))
                .write(record, encoder);
        encoder.flush();
    }

    @Test
    void thereIsOneForEveryKindOfRecord() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Path file : shapes()) {
            SpecificRecord record = read(file);
            enums(record.getSchema())
                    .forEach(field -> shown.add(record.getSchema().getName() + "." + record.get(field.pos())));
        }

        Set<String> expected = new TreeSet<>();
        for (Topic<?> topic : Topics.defaults().all()) {
            Schema schema = SpecificData.get().getSchema(topic.valueType());
            enums(schema)
                    .flatMap(field -> field.schema().getEnumSymbols().stream())
                    .filter(symbol -> !symbol.equals("UNKNOWN"))
                    .forEach(symbol -> expected.add(schema.getName() + "." + symbol));
        }
        assertThat(shown).containsExactlyElementsOf(expected);
    }

    private static Stream<Schema.Field> enums(Schema record) {
        return record.getFields().stream().filter(field -> field.schema().getType() == Schema.Type.ENUM);
    }
}
