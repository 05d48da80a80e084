package dev.earshot.standalone.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The looks that need nothing but the JDK. Each answers within a few seconds. */
public final class Checks {

    private static final int OLDEST_JAVA = 17;
    private static final long NEEDED_MEMORY_MB = 2500;
    private static final long NEEDED_DISK_MB = 2000;
    private static final int CONNECT_MS = 2000;

    private Checks() {}

    /** The running Java. */
    public static Finding java() {
        int feature = Runtime.version().feature();
        String text = "Java " + Runtime.version() + " in " + System.getProperty("java.home");
        return feature >= OLDEST_JAVA
                ? Finding.good("Java", text)
                : Finding.bad("Java", text, "install a JDK " + OLDEST_JAVA + " or newer and set JAVA_HOME");
    }

    /** How much memory the machine has. */
    public static long memoryBytes() {
        var system = (com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize();
    }

    /** Memory of the machine. */
    public static Finding memory() {
        long megabytes = memoryBytes() / 1_000_000;
        String text = megabytes + " MB, " + Runtime.getRuntime().availableProcessors() + " processors";
        return megabytes >= NEEDED_MEMORY_MB
                ? Finding.good("Memory", text)
                : Finding.note(
                        "Memory", text, "about " + NEEDED_MEMORY_MB + " MB are needed for everything in one process");
    }

    /** Room on the disk of a folder, which need not be there yet. */
    public static Finding disk(Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            FileStore store = Files.getFileStore(there);
            long megabytes = store.getUsableSpace() / 1_000_000;
            String text = megabytes + " MB free under " + there;
            return megabytes >= NEEDED_DISK_MB
                    ? Finding.good("Disk", text)
                    : Finding.bad("Disk", text, "make room, or choose another folder with --data");
        } catch (IOException e) {
            return Finding.bad(
                    "Disk", there + " cannot be read: " + e.getMessage(), "choose another folder with --data");
        }
    }

    /** Whether a port on this machine is free. */
    public static Finding port(int port, String use, String setting) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Finding.good("Port " + socket.getLocalPort(), "free, for " + use);
        } catch (IOException e) {
            return Finding.note(
                    "Port " + port,
                    "taken, wanted for " + use,
                    "end what listens there, or choose another with " + setting);
        }
    }

    /** A graphics processor that ONNX Runtime could use. */
    public static Finding gpu() {
        return Files.exists(Path.of("/dev/nvidia0"))
                ? Finding.good("GPU", "an NVIDIA GPU is here; build with EARSHOT_MAVEN_OPTS=-Pgpu to use it")
                : Finding.note("GPU", "none seen: speech is recognised on the CPU", "");
    }

    /**
     * Whether something listens at an address.
     *
     * @param address {@code host:port} or a URL with both; null when the embedded server is used
     */
    public static Finding server(String name, @Nullable String address, int usualPort, String variable) {
        if (address == null) {
            return Finding.good(name, "embedded (" + variable + " is not set)");
        }
        InetSocketAddress target = target(address, usualPort);
        try (var socket = new Socket()) {
            socket.connect(target, CONNECT_MS);
            return Finding.good(name, target.getHostString() + ":" + target.getPort() + " answers");
        } catch (IOException e) {
            return Finding.bad(
                    name,
                    target.getHostString() + ":" + target.getPort() + " does not answer (" + e.getMessage() + ")",
                    "start it, or set " + variable + " right, or unset it for the embedded one");
        }
    }

    /** Host and port without what stands around them: a password must not come out on screen. */
    private static InetSocketAddress target(String address, int usualPort) {
        String first = List.of(address.split(",")).get(0);
        URI uri = URI.create(first.contains("://") ? first : "tcp://" + first);
        String host = uri.getHost() == null ? first : uri.getHost();
        return new InetSocketAddress(host, uri.getPort() < 0 ? usualPort : uri.getPort());
    }
}
