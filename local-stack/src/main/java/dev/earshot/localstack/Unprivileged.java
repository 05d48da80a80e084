package dev.earshot.localstack;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;

/**
 * How a root user runs PostgreSQL, which refuses root: inside a user namespace where root is nobody, or else as the
 * user {@code nobody}. Anyone but root runs it directly.
 */
final class Unprivileged {

    private static final String NOBODY = "65534";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Unprivileged() {}

    /** What to put before the command; throws with what to do when root has no way to drop its rights. */
    static List<String> prefix(Path dir, Path bin) throws IOException {
        if (!isRoot()) {
            return List.of();
        }
        Path unshare = ServerProcess.findProgram("unshare");
        if (unshare != null && works(List.of(unshare.toString(), "-U", "true"), dir)) {
            return List.of(unshare.toString(), "-U");
        }
        Path setpriv = ServerProcess.findProgram("setpriv");
        if (setpriv != null) {
            requireOpenTo(dir);
            requireOpenTo(bin);
            return List.of(setpriv.toString(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");
        }
        throw new IOException("PostgreSQL refuses to run as root and neither a user namespace (unshare -U) nor setpriv"
                + " works here; run as another user");
    }

    /** Gives a file to the user that {@code prefix} switches to; a user namespace needs nothing. */
    static void handOver(List<String> prefix, Path file) throws IOException {
        if (prefix.contains("--reuid=" + NOBODY)) {
            ServerProcess.run(List.of("chown", NOBODY + ":" + NOBODY, file.toString()), folderOf(file), "", LIMIT);
        }
    }

    static boolean isRoot() {
        return !System.getProperty("os.name", "").startsWith("Windows") && new UnixSystem().getUid() == 0;
    }

    private static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private static boolean works(List<String> command, Path dir) {
        try {
            ServerProcess.run(command, dir, "", LIMIT);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void requireOpenTo(Path path) throws IOException {
        for (Path p = path; p != null; p = p.getParent()) {
            if (!Files.getPosixFilePermissions(p).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new IOException("PostgreSQL refuses to run as root, user namespaces are off here, and the user"
                        + " nobody may not enter " + p + "; choose a data folder (and XDG_CACHE_HOME) that others may"
                        + " enter, or run as another user");
            }
        }
    }
}
