package dev.earshot.bot.browser;

import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.impl.driver.jar.DriverJar;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Playwright's driver, unpacked once per machine.
 *
 * <p>By itself Playwright unpacks 134 MB into the temp folder for each JVM and leaves them there when the JVM is killed. We
 * unpack them into the user's cache folder and point Playwright at it through its system property {@code
 * playwright.cli.dir}, unless somebody has set that already.
 */
final class PlaywrightDriver {

    /** Chromium makes {@code .org.chromium.Chromium.XXXXXX/SingletonSocket} there, and 107 characters name a socket. */
    private static final int LONGEST_TMPDIR = 60;

    private static final String FOLDER_PROPERTY = "playwright.cli.dir";

    private PlaywrightDriver() {}

    /** A new Playwright: one driver process, owned by the calling thread. Never downloads a browser. */
    static synchronized Playwright create() {
        if (System.getProperty(FOLDER_PROPERTY) == null) {
            System.setProperty(FOLDER_PROPERTY, unpacked().toString());
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        // The driver only passes messages on: a small nursery saves 25 MB of each, measured with four.
        environment.putIfAbsent("NODE_OPTIONS", "--max-semi-space-size=1");
        // A browser that is killed leaves its profile: that goes where this process's own temporary files go.
        String temporary = System.getProperty("java.io.tmpdir");
        if (temporary.length() <= LONGEST_TMPDIR) {
            environment.put("TMPDIR", temporary);
        }
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    }

    private static Path unpacked() {
        Path folder = cacheFolder().resolve("playwright-" + version());
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(folder.getParent());
            Path unfinished = Files.createTempDirectory(folder.getParent(), "unpacking-");
            DriverJar.installDriverTo(unfinished);
            moveInPlace(unfinished, folder);
            return folder;
        } catch (IOException | URISyntaxException e) {
            throw new BrowserException(
                    "cannot unpack the browser driver into " + folder + ": " + e.getMessage()
                            + "; make the folder writable, set XDG_CACHE_HOME, or free 140 MB",
                    e);
        }
    }

    private static void moveInPlace(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder);
        } catch (FileSystemException e) {
            // Another process was first; its copy is as good as ours.
            deleteAll(unfinished);
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path cacheFolder() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("earshot");
    }

    /** The jar knows its version; a class path of folders (an IDE) does not and shares one copy. */
    private static String version() {
        return Optional.ofNullable(Playwright.class.getPackage().getImplementationVersion())
                .orElse("driver");
    }
}
