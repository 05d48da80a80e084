package dev.earshot.bot.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the browser: the configured path, or the first of its usual names on the PATH. */
public final class ChromiumExecutable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private ChromiumExecutable() {}

    /**
     * The browser to start.
     *
     * @param configured a path that the user gave; null or blank looks on the PATH
     * @throws BrowserException when there is none, saying what to do
     */
    public static Path find(@Nullable String configured) {
        return find(configured, Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    static Path find(@Nullable String configured, String searchPath) {
        if (configured != null && !configured.isBlank()) {
            Path path = Path.of(configured);
            if (Files.isExecutable(path)) {
                return path;
            }
            throw new BrowserException("no browser found at CHROMIUM_PATH=" + configured
                    + ": it is not a file that can be run; correct it or unset it to search the PATH");
        }
        return NAMES.stream()
                .flatMap(name -> Stream.of(searchPath.split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new BrowserException("no browser found (looked for " + String.join(", ", NAMES)
                        + " on the PATH): apt-get install chromium or set CHROMIUM_PATH"));
    }
}
