package dev.earshot.standalone.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository's own text files, found from wherever the tests run. */
final class Documents {

    private static final Path ROOT = findRoot();

    private Documents() {}

    static Path root() {
        return ROOT;
    }

    static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands between {@code <!-- name: begin … -->} and {@code <!-- name: end -->}, trimmed. */
    static String section(String text, String name) {
        int begin = text.indexOf("<!-- " + name + ": begin");
        int from = text.indexOf("-->", begin) + "-->".length();
        int to = text.indexOf("<!-- " + name + ": end -->");
        if (begin < 0 || to < from) {
            throw new IllegalArgumentException("section " + name + ": no begin or end marker");
        }
        return text.substring(from, to).trim();
    }

    /** Markdown pages of the repository, relative to its root; nothing built or fetched. */
    static List<Path> pages() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(ROOT::relativize)
                    .filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> Stream.of("target", ".earshot", ".git", "node_modules")
                            .noneMatch(part -> path.toString().matches("(.*/)?" + part + "/.*")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every Java source of the modules, without their tests. */
    static List<String> mainSources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                    .map(file -> read(ROOT.relativize(file).toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path findRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no repository above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }
}
