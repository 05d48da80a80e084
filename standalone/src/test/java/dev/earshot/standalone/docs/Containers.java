package dev.earshot.standalone.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The compose file and the images' files, read as data. */
final class Containers {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::[-?]([^}]*))?}");

    private Containers() {}

    /** The compose file with {@code ${NAME:-default}} replaced by the default. */
    static Map<String, Object> compose() {
        String text = VARIABLE.matcher(Documents.read("docker-compose.yml"))
                .replaceAll(variable -> Matcher.quoteReplacement(variable.group(2)));
        return map(new Yaml().load(text));
    }

    static Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        map(compose().get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    /** Services that are built from this repository, by name. */
    static Map<String, Map<String, Object>> ownServices() {
        Map<String, Map<String, Object>> own = services();
        own.values().removeIf(service -> !service.containsKey("build"));
        return own;
    }

    /** Path of the Dockerfile that a service is built from. */
    static String dockerfileOf(Map<String, Object> service) {
        return (String) map(service.get("build")).get("dockerfile");
    }

    static List<String> dockerfiles() {
        try (Stream<java.nio.file.Path> files = Files.list(Documents.root().resolve("docker"))) {
            return files.map(file -> "docker/" + file.getFileName())
                    .filter(file -> file.startsWith("docker/Dockerfile."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Arguments of an instruction in its JSON form, as {@code ENTRYPOINT}; empty if the file has none. */
    static List<String> instruction(String dockerfile, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + " .*?(\\[.*])$").matcher(Documents.read(dockerfile));
        return matcher.find() ? strings(new Yaml().load(matcher.group(1))) : List.of();
    }

    /**
     * The command with which a container of that image starts, able to run here: without the init process, with this JVM's
     * {@code java}, and with the class path of the tests in place of the image's folder.
     */
    static List<String> startCommand(String dockerfile) {
        List<String> entry = instruction(dockerfile, "ENTRYPOINT");
        if (entry.size() < 3 || !entry.subList(0, 3).equals(List.of("tini", "--", "java"))) {
            throw new IllegalStateException(dockerfile + ": ENTRYPOINT " + entry + " (expected: tini -- java …)");
        }
        List<String> command = new ArrayList<>(entry.subList(2, entry.size()));
        command.set(0, System.getProperty("java.home") + "/bin/java");
        command.replaceAll(
                argument -> argument.equals("/app/lib/*") ? System.getProperty("java.class.path") : argument);
        command.replaceAll(argument -> argument.replace("/app/logback.xml", Documents.root() + "/docker/logback.xml"));
        return command;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object yaml) {
        return yaml == null ? Map.of() : (Map<String, Object>) yaml;
    }

    @SuppressWarnings("unchecked")
    static List<String> strings(Object yaml) {
        return yaml == null
                ? List.of()
                : ((List<Object>) yaml).stream().map(String::valueOf).toList();
    }
}
