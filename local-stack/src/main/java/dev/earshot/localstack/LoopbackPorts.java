package dev.earshot.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Finds free TCP ports on 127.0.0.1 and says who is told what when a wanted one is taken. */
final class LoopbackPorts {

    static final String HOST = "127.0.0.1";

    private LoopbackPorts() {}

    /** Replaces each 0 by a free port (all different); throws when a port that was asked for is taken. */
    static Ports settle(LocalStackConfig config) {
        Ports wanted = config.ports();
        List<ServerSocket> held = new ArrayList<>();
        try {
            return new Ports(
                    config.kafka() ? settle("kafka", wanted.kafka(), held) : 0,
                    config.postgres() ? settle("postgres", wanted.postgres(), held) : 0,
                    config.redis() ? settle("redis", wanted.redis(), held) : 0,
                    config.registry() ? settle("registry", wanted.registry(), held) : 0);
        } finally {
            held.forEach(LoopbackPorts::close);
        }
    }

    static int pickFree() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            return settle("free", 0, held);
        } finally {
            held.forEach(LoopbackPorts::close);
        }
    }

    private static int settle(String name, int port, List<ServerSocket> held) {
        try {
            ServerSocket socket = new ServerSocket();
            held.add(socket);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalStackException(
                    name + " port: " + port + " on " + HOST + " cannot be opened (" + e.getMessage()
                            + "); stop the program that uses it, or choose another port with --" + name + "-port",
                    e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new LocalStackException("a probe socket could not be closed: " + e.getMessage(), e);
        }
    }
}
