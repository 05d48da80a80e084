package dev.earshot.schema;

import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every change to what was released before, in both directions (FULL_TRANSITIVE): records of any age can be read by
 * software of any age. A release adds a folder with copies of its schemas; nobody edits those.
 */
class ReleasedSchemasTest {

    private static final Path RELEASED = Path.of("src/test/resources/released");

    static List<Topic<?>> topics() {
        return Topics.defaults().all();
    }

    private static Schema current(Topic<?> topic) {
        return SpecificData.get().getSchema(topic.valueType());
    }

    private static List<Schema> released(Topic<?> topic) {
        try (Stream<Path> releases = Files.list(RELEASED)) {
            return releases.sorted()
                    .map(release -> release.resolve(topic.valueType().getSimpleName() + ".avsc"))
                    .filter(Files::exists)
                    .map(ReleasedSchemasTest::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readsRecordsOf(Schema reader, Schema writer) {
        var verdict = checkReaderWriterCompatibility(reader, writer);
        assertThat(verdict.getType()).as(verdict.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void readsEveryReleasedRecord_andIsReadByEveryReleasedReader(Topic<?> topic) {
        assertThat(released(topic)).isNotEmpty().allSatisfy(old -> {
            readsRecordsOf(current(topic), old);
            readsRecordsOf(old, current(topic));
        });
    }

    @ParameterizedTest
    @MethodSource("topics")
    void neverDropsASymbol(Topic<?> topic) {
        // To a reader of an older release a dropped symbol would still be news; to ours it would be UNKNOWN for ever.
        for (Schema old : released(topic)) {
            for (Schema.Field field : old.getFields()) {
                if (field.schema().getType() == Schema.Type.ENUM) {
                    assertThat(current(topic).getField(field.name()).schema().getEnumSymbols())
                            .containsAll(field.schema().getEnumSymbols());
                }
            }
        }
    }

    @Test
    void noticesABreak() {
        Schema old = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}");
        Schema broken = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"b\",\"type\":\"string\"}]}");

        assertThat(checkReaderWriterCompatibility(broken, old).getType())
                .isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
    }
}
