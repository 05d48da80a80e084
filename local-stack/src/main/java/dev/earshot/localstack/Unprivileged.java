package dev.earshot.localstack;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a root user runs PostgreSQL, which refuses root: inside a user namespace where root is nobody, or else, as in most
 * containers and under chroot, as the user {@code nobody}. Anyone but root runs it directly.
 */
final class Unprivileged {

    private static final String NOBODY = "65534";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Of root's rights the one to enter folders of root's: data may lie below a home that is closed to others. */
    private static final String MAY_ENTER = "+dac_override";

    private Unprivileged() {}

    /** What to put before the command; throws with what to do when root has no way to drop its rights. */
    static List<String> prefix(Path dir) throws IOException {
        if (!isRoot()) {
            return List.of();
        }
        Path unshare = ServerProcess.findProgram("unshare");
        if (unshare != null && opens(List.of(unshare.toString(), "-U"), dir)) {
            return List.of(unshare.toString(), "-U");
        }
        Path setpriv = ServerProcess.findProgram("setpriv");
        if (setpriv != null) {
            var asNobody = List.of(
                    setpriv.toString(),
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    "--inh-caps=" + MAY_ENTER,
                    "--ambient-caps=" + MAY_ENTER,
                    "--");
            if (opens(asNobody, dir)) {
                return asNobody;
            }
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

    private static boolean opens(List<String> prefix, Path dir) {
        List<String> command = new ArrayList<>(prefix);
        // Not test -x: access(2) looks at nothing but the real user.
        command.addAll(List.of("ls", "-d", dir.resolve(".").toString()));
        try {
            ServerProcess.run(command, dir, "", LIMIT);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
