package dev.earshot.localstack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Server programs, unpacked once per user from the jars on the class path.
 *
 * <p>The folder name carries the checksum of what was unpacked, so versions live side by side. Safe to use from several
 * processes at once: unpacking happens under a file lock into a folder that is renamed when whole.
 */
final class BinaryCache {

    private static final Object IN_THIS_JVM = new Object();

    private final Path root;

    BinaryCache(Path root) {
        this.root = root;
    }

    /**
     * {@code $XDG_CACHE_HOME/earshot}, or {@code ~/.cache/earshot}; for root {@code /var/cache/earshot}: programs that
     * another user runs, as PostgreSQL is run for root, do not lie in root's home.
     */
    static BinaryCache ofUser() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && !xdg.isBlank()) {
            return new BinaryCache(Path.of(xdg, "earshot").toAbsolutePath());
        }
        return new BinaryCache(
                Unprivileged.isRoot()
                        ? Path.of("/var/cache/earshot")
                        : Path.of(System.getProperty("user.home"), ".cache", "earshot")
                                .toAbsolutePath());
    }

    Path root() {
        return root;
    }

    /** The PostgreSQL folder with {@code bin}, {@code lib} and {@code share}. */
    Path postgres() {
        String name = "postgres-" + osName() + "-" + (isArm() ? "arm_64" : "x86_64") + ".txz";
        URL archive = resource(name);
        if (archive == null) {
            throw new LocalStackException("no PostgreSQL for " + platform() + " on the class path (expected: " + name
                    + "); set DATABASE_URL to a PostgreSQL of your own");
        }
        return unpackOnce("postgres", archive, BinaryCache::untar);
    }

    /** The bundled redis-server program, or null when there is none for this machine. */
    @Nullable
    Path redis() {
        String name = "redis-server-6.2." + (isArm() && osName().equals("linux") ? "7-" : "6-v5-") + osName() + "-"
                + (isArm() ? "arm64" : "amd64");
        URL program = resource(name);
        if (program == null) {
            return null;
        }
        return unpackOnce("redis", program, (in, dir) -> {
                    Path file = dir.resolve("redis-server");
                    Files.copy(in, file);
                    makeExecutable(file);
                })
                .resolve("redis-server");
    }

    private Path unpackOnce(String kind, URL source, Unpacking unpacking) {
        try {
            URLConnection connection = source.openConnection();
            long checksum = connection instanceof JarURLConnection jar
                    ? jar.getJarEntry().getCrc()
                    : connection.getContentLengthLong();
            Path whole = root.resolve(kind + "-" + Long.toHexString(checksum));
            if (Files.isDirectory(whole)) {
                return whole;
            }
            Files.createDirectories(root);
            synchronized (IN_THIS_JVM) {
                try (FileChannel lockFile = FileChannel.open(
                                root.resolve(kind + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = lockFile.lock()) {
                    if (lock.isValid() && !Files.isDirectory(whole)) {
                        Path part = Files.createTempDirectory(root, kind + "-part-");
                        part.toFile().setExecutable(true, false);
                        part.toFile().setReadable(true, false);
                        try (InputStream in = new BufferedInputStream(connection.getInputStream())) {
                            unpacking.unpack(in, part);
                        }
                        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
                    }
                }
            }
            return whole;
        } catch (IOException e) {
            throw new LocalStackException(
                    kind + " could not be unpacked into " + root + ": " + e.getMessage()
                            + "; make room there or point XDG_CACHE_HOME at another folder",
                    e);
        }
    }

    private static void untar(InputStream in, Path dir) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                Path target = dir.resolve(entry.getName()).normalize();
                if (!target.startsWith(dir)) {
                    throw new IOException("entry leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.resolve("..").normalize());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    if ((entry.getMode() & 0100) != 0) {
                        makeExecutable(target);
                    }
                }
            }
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private static @Nullable URL resource(String name) {
        return BinaryCache.class.getClassLoader().getResource(name);
    }

    private static String osName() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : "linux";
    }

    private static boolean isArm() {
        String arch = System.getProperty("os.arch", "");
        return arch.equals("aarch64") || arch.equals("arm64");
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    private interface Unpacking {
        void unpack(InputStream in, Path dir) throws IOException;
    }
}
