package dev.earshot.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.AsyncApiDocument.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/asyncapi.yaml} is what the catalogue and the records say; on a difference the message is the new document. */
class AsyncApiDocsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/asyncapi.yaml");
    private static final Path NEW_DOCUMENT = Path.of("target/asyncapi.yaml");

    @Test
    void describesEveryTopicAndRecord() throws IOException {
        String expected = AsyncApiDocument.of(Topics.defaults());
        Files.createDirectories(NEW_DOCUMENT.getParent());
        Files.writeString(NEW_DOCUMENT, expected);
        String found = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";

        assertThat(differences(found, expected))
                .as("lines of docs/asyncapi.yaml that are wrong (-) or missing (+); put this there:%n%n%s", expected)
                .isEmpty();
        assertThat(found).isEqualTo(expected);
    }

    private static List<String> differences(String found, String expected) {
        var differences = new ArrayList<String>();
        minus(found, expected).forEach(line -> differences.add("-" + line));
        minus(expected, found).forEach(line -> differences.add("+" + line));
        return differences;
    }

    private static List<String> minus(String one, String other) {
        var rest = other.lines().collect(Collectors.toCollection(ArrayList::new));
        return one.lines().filter(line -> !rest.remove(line)).toList();
    }

    @Test
    void saysOfEveryTopicWhoWritesAndWhoReadsIt() {
        assertThat(AsyncApiDocument.FLOW)
                .extracting(Flow::topic)
                .containsExactlyElementsOf(
                        Topics.defaults().all().stream().map(Topic::name).toList());
    }

    static List<Flow> flows() {
        return AsyncApiDocument.FLOW;
    }

    /** The catalogue is the only way to a topic, so whoever asks it for one is one of those. */
    @ParameterizedTest
    @MethodSource("flows")
    void namesTheModulesWhoseCodeUsesTheTopic(Flow flow) {
        var named = new TreeSet<>(flow.writers());
        named.addAll(flow.readers());
        var using = Stream.of("audio-ingest", "bot-fleet", "asr-workers", "segment-aggregator", "ingress-api")
                .filter(module -> uses(module, accessor(flow.topic())))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(using).isEqualTo(named);
    }

    /** How code asks the catalogue for a topic. */
    private static String accessor(String topic) {
        Topics topics = Topics.defaults();
        return Stream.of(Topics.class.getRecordComponents())
                .filter(component -> {
                    try {
                        return component.getAccessor().invoke(topics) instanceof Topic<?> each
                                && each.name().equals(topic);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .findFirst()
                .orElseThrow()
                .getName();
    }

    private static boolean uses(String module, String accessor) {
        Pattern call = Pattern.compile("topics(\\(\\))?\\s*\\.\\s*" + accessor + "\\(\\)");
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .anyMatch(file -> call.matcher(read(file)).find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
