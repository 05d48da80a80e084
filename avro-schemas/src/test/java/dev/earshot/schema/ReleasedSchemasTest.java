package dev.earshot.schema;

import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return releases().stream()
                .map(release -> release.resolve(topic.valueType().getSimpleName() + ".avsc"))
                .filter(Files::exists)
                .map(ReleasedSchemasTest::parse)
                .toList();
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
        Map<String, List<String>> now = symbols(current(topic));
        for (Schema old : released(topic)) {
            symbols(old).forEach((enumeration, symbols) -> assertThat(now.getOrDefault(enumeration, List.of()))
                    .as(enumeration)
                    .containsAll(symbols));
        }
    }

    /** Symbols by the full name of their enum, however deep it lies. */
    private static Map<String, List<String>> symbols(Schema schema) {
        var found = new TreeMap<String, List<String>>();
        collectSymbols(schema, new HashSet<>(), found);
        return found;
    }

    private static void collectSymbols(Schema schema, Set<String> seen, Map<String, List<String>> found) {
        switch (schema.getType()) {
            case ENUM -> found.put(schema.getFullName(), schema.getEnumSymbols());
            case ARRAY -> collectSymbols(schema.getElementType(), seen, found);
            case UNION -> schema.getTypes().forEach(type -> collectSymbols(type, seen, found));
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collectSymbols(field.schema(), seen, found));
                }
            }
            default -> {}
        }
    }

    static List<Path> releases() {
        try (Stream<Path> releases = Files.list(RELEASED)) {
            return releases.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A release says which record each of its topics carried, so that neither can go away unnoticed. */
    private static Map<String, String> releasedTopics(Path release) throws IOException {
        var topics = new TreeMap<String, String>();
        for (String line : Files.readAllLines(release.resolve("topics.txt"))) {
            topics.put(line.replaceAll(" .*", ""), line.replaceAll(".* ", ""));
        }
        return topics;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void keepsEveryReleasedTopic_withItsRecord(Path release) throws IOException {
        var now = new TreeMap<String, String>();
        topics().forEach(topic -> now.put(topic.name(), topic.valueType().getSimpleName()));

        assertThat(now).containsAllEntriesOf(releasedTopics(release));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void holdsACopyOfTheRecordOfEachReleasedTopic(Path release) throws IOException {
        try (Stream<Path> copies = Files.list(release)) {
            assertThat(copies.map(copy -> copy.getFileName().toString()).filter(name -> name.endsWith(".avsc")))
                    .containsExactlyInAnyOrderElementsOf(releasedTopics(release).values().stream()
                            .map(record -> record + ".avsc")
                            .toList());
        }
    }

    /** What must be noticed: each is refused in one direction or the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"b\",\"type\":\"string\"}]",
                "[]",
                "[{\"name\":\"a\",\"type\":\"int\"}]",
                "[{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\"}]",
                "[{\"name\":\"a\",\"type\":[\"null\",\"string\"]}]"
            })
    void noticesABreak(String fields) {
        Schema old = record("[{\"name\":\"a\",\"type\":\"string\"}]");
        Schema broken = record(fields);

        assertThat(List.of(
                        checkReaderWriterCompatibility(broken, old).getType(),
                        checkReaderWriterCompatibility(old, broken).getType()))
                .contains(SchemaCompatibilityType.INCOMPATIBLE);
    }

    private static Schema record(String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":" + fields + "}");
    }
}
