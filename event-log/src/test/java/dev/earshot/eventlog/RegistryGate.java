package dev.earshot.eventlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A door before the real registry: open it passes everything on, shut it hangs up on every caller. */
final class RegistryGate implements AutoCloseable {

    private final ServerSocket door;
    private final URI registry = URI.create(Servers.registryUrl());
    private final Set<Socket> passing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private volatile boolean shut;

    RegistryGate() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::admit);
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    /** How many callers found it shut. */
    int turnedAway() {
        return turnedAway.get();
    }

    void shut() throws IOException {
        shut = true;
        for (Socket socket : passing) {
            socket.close();
        }
    }

    void open() {
        shut = false;
    }

    private void admit() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                if (shut) {
                    turnedAway.incrementAndGet();
                    caller.close();
                } else {
                    Socket server = new Socket(registry.getHost(), registry.getPort());
                    start(() -> pass(caller, server));
                    start(() -> pass(server, caller));
                }
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pass(Socket from, Socket to) {
        passing.add(from);
        try (from;
                to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Shut while passing.
        } finally {
            passing.remove(from);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "registry-gate");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        shut();
    }
}
