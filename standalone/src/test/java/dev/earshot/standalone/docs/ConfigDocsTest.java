package dev.earshot.standalone.docs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's configuration table is what the options declare; on a difference the message is the table to paste. */
class ConfigDocsTest {

    private static final List<Setting> SETTINGS = Setting.all();
    private static final Pattern OPTION_ROW =
            Pattern.compile("(?m)^\\| `(--[a-z-]+)` \\| `([A-Z_]+)` \\|([^|]*)\\|.*$");

    @Test
    void readmeTableEqualsTheDeclaredOptions() {
        String expected = table();
        assertThat(Documents.section(Documents.read("README.md"), "configuration"))
                .as("README.md, between the configuration markers; put this there:%n%n%s%n", expected)
                .isEqualTo(expected);
    }

    /** Tables of the modules' own pages may leave settings out; what they say must be so. */
    @Test
    void whatModulesSayOfTheirSettingsIsDeclared() {
        Set<String> declared = SETTINGS.stream()
                .map(s -> s.option() + " " + s.env() + " " + s.defaultValue())
                .collect(toSet());
        Documents.pages().stream()
                .map(Path::toString)
                .filter(page -> page.endsWith("/README.md"))
                .forEach(page -> OPTION_ROW
                        .matcher(Documents.read(page))
                        .results()
                        .forEach(row -> assertThat(declared)
                                .as("%s: %s", page, row.group())
                                .contains(row.group(1) + " " + row.group(2) + " "
                                        + row.group(3).replace("`", "").strip())));
    }

    @Test
    void everyServiceMeansTheSameByAVariable() {
        Map<String, Set<String>> meanings = SETTINGS.stream()
                .filter(setting -> Setting.SERVICES.contains(setting.command()))
                .collect(groupingBy(
                        Setting::env,
                        LinkedHashMap::new,
                        mapping(s -> s.option() + " = " + s.defaultValue(), toCollection(LinkedHashSet::new))));
        assertThat(meanings)
                .allSatisfy((env, declared) ->
                        assertThat(declared).as("declarations of %s", env).hasSize(1));
    }

    @Test
    void everySettingSaysWhatItDoes() {
        assertThat(SETTINGS).isNotEmpty().allSatisfy(setting -> assertThat(setting.description())
                .as("description of %s of %s", setting.option(), setting.command())
                .isNotBlank());
    }

    /** Settings of many commands first, then each command's own. */
    private static String table() {
        record Row(String env, String option, String defaultValue) {}
        Map<Row, List<Setting>> rows = SETTINGS.stream()
                .collect(groupingBy(s -> new Row(s.env(), s.option(), s.defaultValue()), LinkedHashMap::new, toList()));
        return "| environment | option | default | used by | what it does |\n|---|---|---|---|---|\n"
                + rows.entrySet().stream()
                        .sorted(Comparator.comparing(row -> row.getValue().size() == 1))
                        .map(row -> "| `%s` | `%s` | %s | %s | %s |"
                                .formatted(
                                        row.getKey().env(),
                                        row.getKey().option(),
                                        row.getKey().defaultValue().isEmpty()
                                                ? ""
                                                : "`" + row.getKey().defaultValue() + "`",
                                        usedBy(row.getValue()),
                                        row.getValue().get(0).description()))
                        .collect(joining("\n"));
    }

    private static String usedBy(List<Setting> settings) {
        Set<String> commands = settings.stream().map(Setting::command).collect(toCollection(LinkedHashSet::new));
        if (!commands.containsAll(Setting.SERVICES)) {
            return String.join(", ", commands);
        }
        commands.removeAll(Setting.SERVICES);
        return Stream.concat(Stream.of("every service"), commands.stream()).collect(joining(", "));
    }
}
