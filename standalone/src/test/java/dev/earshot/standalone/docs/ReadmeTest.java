package dev.earshot.standalone.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.standalone.Earshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the pages say exists: commands, links, modules, topics. */
class ReadmeTest {

    private static final String README = Documents.read("README.md");
    private static final Pattern COMMAND =
            Pattern.compile("\\./earshot ((?!bench)[a-z]+)(?: ([a-z]+(?:-[a-z]+)*)(?=[\\s`]))?");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern METER =
            Pattern.compile("(?:builder|counter|timer|frames|count)\\(\"([a-z]+(?:\\.[a-z]+)+)\"");
    private static final Pattern MODULE = Pattern.compile("(?m)^\\| \\[`([a-z-]+)`]\\(");

    /** Commands that the script has and Java has not. */
    private static final Set<String> SCRIPT_ONLY = Set.of("test", "bench", "sample", "help");

    @Test
    void everyCommandOnThePagesExists() throws Exception {
        Map<String, CommandLine> commands = Earshot.commandLine().getSubcommands();
        String usage = saidByScript("--help");
        for (Path page : Documents.pages()) {
            for (MatchResult command : matches(COMMAND, Documents.read(page.toString()))) {
                String name = command.group(1);
                assertThat(usage).as("./earshot --help, for %s", page).containsPattern("(?m)^  " + name + "\\b");
                if (SCRIPT_ONLY.contains(name)) {
                    continue;
                }
                assertThat(commands).as("commands of earshot, for %s", page).containsKey(name);
                Set<String> nested = commands.get(name).getSubcommands().keySet();
                if (!nested.isEmpty() && command.group(2) != null) {
                    assertThat(nested).as("%s in %s", command.group(), page).contains(command.group(2));
                }
            }
        }
    }

    /** Before there is a JDK or a build, the script answers alone. */
    @Test
    void theScriptKnowsHowToUseWhatNewcomersTry() throws Exception {
        Set<String> options = new TreeSet<>();
        Earshot.commandLine().getSubcommands().get("demo").getCommandSpec().options().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .filter(option -> !Set.of("--help", "--version").contains(option))
                .forEach(options::add);
        options.add("--no-install");
        assertThat(matches(Pattern.compile("(?m)^  (--[a-z-]+)"), saidByScript("demo", "--help")).stream()
                        .map(option -> option.group(1)))
                .as("options in ./earshot demo --help")
                .containsExactlyInAnyOrderElementsOf(options);
        assertThat(saidByScript("test", "--help")).startsWith("usage: ./earshot test ");
        assertThat(saidByScript("sample", "--help")).startsWith("usage: ./earshot sample talk-time ");
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path page : Documents.pages()) {
            for (MatchResult link : matches(LINK, Documents.read(page.toString()))) {
                String target = link.group(1);
                if (!leadsSomewhere(page, target)) {
                    broken.add(page + " → " + target);
                }
            }
        }
        assertThat(broken).as("links to nothing").isEmpty();
    }

    @Test
    void moduleTableEqualsTheBuild() {
        List<String> modules =
                matches(Pattern.compile("<module>([a-z-]+)</module>"), Documents.read("pom.xml")).stream()
                        .map(module -> module.group(1))
                        .toList();
        assertThat(matches(MODULE, README).stream().map(row -> row.group(1)).toList())
                .as("modules in README.md")
                .containsExactlyInAnyOrderElementsOf(modules);
    }

    @Test
    void everyMeterOnThePageIsMeasured() {
        String sources = String.join("\n", Documents.mainSources());
        Set<String> measured = new TreeSet<>();
        matches(METER, sources).forEach(meter -> measured.add(meter.group(1)));
        assertThat(matches(Pattern.compile("`([a-z]+(?:\\.[a-z]+)+)`"), Documents.read("docs/metrics.md")))
                .isNotEmpty()
                .allSatisfy(named -> assertThat(measured).contains(named.group(1)));
    }

    @Test
    void topicTableEqualsTheCatalogue() {
        String expected = "| topic | key | value | what | partitions | kept |\n|---|---|---|---|---|---|\n"
                + Topics.defaults().all().stream().map(ReadmeTest::row).collect(joining("\n"));
        assertThat(Documents.section(README, "topics"))
                .as("README.md, between the topics markers; put this there:%n%n%s%n", expected)
                .isEqualTo(expected);
    }

    private static String row(Topic<?> topic) {
        String doc = SpecificData.get().getSchema(topic.valueType()).getDoc();
        MatchResult key = matches(Pattern.compile("Key: (\\w+)\\."), doc).get(0);
        return "| `%s` | `%s` | `%s` | %s | %d | %s |"
                .formatted(
                        topic.name(),
                        key.group(1),
                        topic.valueType().getSimpleName(),
                        doc.substring(0, key.start()).trim(),
                        topic.partitions(),
                        kept(topic));
    }

    private static String kept(Topic<?> topic) {
        if (topic.compacted()) {
            return "newest per key";
        }
        Duration retention = topic.retention();
        if (retention.equals(Topic.FOREVER)) {
            return "for good";
        }
        return retention.toDays() > 0 ? retention.toDays() + " d" : retention.toHours() + " h";
    }

    private static boolean leadsSomewhere(Path page, String target) {
        if (target.matches("[a-z]+:.*")) {
            return true;
        }
        String[] parts = target.split("#", 2);
        Path folder = page.getParent() == null ? Path.of("") : page.getParent();
        Path file = parts[0].isEmpty() ? page : folder.resolve(parts[0]);
        if (!Files.exists(Documents.root().resolve(file))) {
            return false;
        }
        return parts.length == 1 || anchors(Documents.read(file.toString())).contains(parts[1]);
    }

    /** Headings as GitHub and its kin turn them into anchors. */
    private static Set<String> anchors(String text) {
        Set<String> anchors = new TreeSet<>();
        for (MatchResult heading : matches(Pattern.compile("(?m)^#+ (.+)$"), text)) {
            anchors.add(
                    heading.group(1).toLowerCase().replaceAll("[^\\w -]", "").replace(' ', '-'));
        }
        return anchors;
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static String saidByScript(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("bash", Documents.root().resolve("earshot").toString()));
        command.addAll(List.of(arguments));
        Process script = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).as(output).isZero();
        return output;
    }
}
