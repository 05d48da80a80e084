package dev.earshot.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data folder of one stack, locked against a second Earshot for as long as it is open.
 *
 * <p>The lock is a file lock, so the operating system frees it when the process dies, however it dies. What a killed
 * run left behind (server processes, and whole folders if they were temporary) is put away by the next one.
 */
final class StackDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StackDirectory.class);
    private static final int RANDOM_DIGITS = 8;
    private static final String LOCK = "earshot.lock";
    private static final String OWNER = "earshot.owner";

    /**
     * Folders locked by this JVM. Closing any descriptor of a file frees this process's lock on it, so a lock file that
     * this JVM holds must not even be opened a second time.
     */
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path path;
    private final boolean keep;
    private final FileChannel channel;
    private boolean closed;

    private StackDirectory(Path path, boolean keep, FileChannel channel) {
        this.path = path;
        this.keep = keep;
        this.channel = channel;
    }

    static Path newTemporaryPath() {
        // A short name: browsers make sockets below it, and 107 characters name a socket.
        return temporaryRoot().resolve("stack-" + UUID.randomUUID().toString().substring(0, RANDOM_DIGITS));
    }

    /** Makes and locks the folder, and ends servers that a killed run left in it. */
    static StackDirectory open(Path path, boolean keep, BinaryCache cache) {
        try {
            if (path.startsWith(temporaryRoot())) {
                sweepTemporary(cache);
            }
            if (!keep) {
                requireEmpty(path);
            }
            createOpenable(path);
            FileChannel channel = tryLock(path);
            if (channel == null) {
                throw new LocalStackException("data folder " + path + " is in use by another Earshot (process "
                        + owner(path) + "); stop that one, or choose another folder");
            }
            Files.writeString(path.resolve(OWNER), ProcessHandle.current().pid() + "\n");
            StaleServers.endIn(path, cache);
            return new StackDirectory(path, keep, channel);
        } catch (IOException e) {
            throw new LocalStackException(
                    "data folder " + path + " cannot be used: " + e + "; choose another folder", e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!keep) {
                deleteTree(path);
            }
        } catch (IOException e) {
            log.warn("data folder not deleted path={} reason={}", path, e.toString());
        } finally {
            unlock(path, channel);
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** What is thrown away on close must be ours alone. */
    private static void requireEmpty(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> content = Files.list(path)) {
                if (content.findAny().isPresent()) {
                    throw new LocalStackException("data folder " + path + " is not empty, and throwaway data is deleted"
                            + " on close; choose a new or empty folder, or keep the data");
                }
            }
        }
    }

    /** Others may pass through (PostgreSQL may run as nobody) but not list. */
    private static void createOpenable(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createDirectories(path);
            if (isPosix(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
            }
        }
    }

    /** A folder that only this user may read. */
    static void createPrivate(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createDirectories(path);
            if (isPosix(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path temporaryRoot() {
        return Path.of(System.getProperty("java.io.tmpdir"), "earshot-" + System.getProperty("user.name"))
                .toAbsolutePath()
                .normalize();
    }

    private static void sweepTemporary(BinaryCache cache) throws IOException {
        createOpenable(temporaryRoot());
        requireOwn(temporaryRoot());
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(temporaryRoot(), "stack-*")) {
            for (Path leftover : leftovers) {
                sweep(leftover, cache);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The temporary folder has a name that anyone can foresee, so someone else may have made it. */
    private static void requireOwn(Path root) throws IOException {
        String owner = Files.getOwner(root).getName();
        if (!owner.equals(System.getProperty("user.name"))) {
            throw new LocalStackException("temporary folder " + root + " belongs to " + owner
                    + "; set -Djava.io.tmpdir to a folder of your own");
        }
    }

    private static void sweep(Path leftover, BinaryCache cache) {
        try {
            // Without a lock file its maker has only just made it.
            FileChannel channel = Files.exists(leftover.resolve(LOCK)) ? tryLock(leftover) : null;
            if (channel != null) {
                log.info("putting away a killed run path={}", leftover);
                try {
                    StaleServers.endIn(leftover, cache);
                    deleteTree(leftover);
                } finally {
                    unlock(leftover, channel);
                }
            }
        } catch (IOException e) {
            log.warn("a killed run was not put away path={} reason={}", leftover, e.toString());
        }
    }

    private static @Nullable FileChannel tryLock(Path dir) throws IOException {
        synchronized (HELD_HERE) {
            if (!HELD_HERE.add(dir)) {
                return null;
            }
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            locked = lock != null;
            return locked ? channel : null;
        } finally {
            if (!locked) {
                unlock(dir, channel);
            }
        }
    }

    private static void unlock(Path dir, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            log.warn("lock not freed path={} reason={}", dir, e.toString());
        } finally {
            synchronized (HELD_HERE) {
                HELD_HERE.remove(dir);
            }
        }
    }

    private static String owner(Path dir) {
        try {
            return Files.readString(dir.resolve(OWNER)).trim();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
