package dev.earshot.bench.fanout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Very many connections to one feed, read by the thread that calls. Not thread-safe. */
final class Viewers implements AutoCloseable {

    /** Connections that may be on their way at once: a server queues about a thousand. */
    private static final int MOST_CONNECTING = 256;

    private static final class Viewer {

        private final EventScan scan = new EventScan();
        private boolean counted;
    }

    private final Selector selector = Selector.open();
    private final InetSocketAddress server;
    private final byte[] request;
    private final DeliveryTimes times = new DeliveryTimes();
    private final List<Viewer> viewers = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
    private int open;
    private int gone;
    private long countFrom = Long.MAX_VALUE;

    Viewers(int port, String path) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Opens so many feeds; returns when each has begun. */
    void open(int wanted) throws IOException {
        while (open < wanted) {
            while (viewers.size() < wanted && viewers.size() - open < MOST_CONNECTING) {
                connect();
            }
            read(1000);
            if (gone > 0) {
                throw new IOException(gone + " of " + viewers.size() + " feeds ended before they began");
            }
        }
    }

    /** Reads for at most so long. */
    void read(long millis) throws IOException {
        selector.select(this::ready, millis);
    }

    /** Only what was ready from now on counts, microseconds since the epoch. */
    void countFrom(long micros) {
        countFrom = micros;
    }

    DeliveryTimes times() {
        return times;
    }

    /** Whether every viewer that is still there has come to the cursor. */
    boolean haveAll(long seq) {
        return viewers.stream().filter(viewer -> viewer.scan.lastSeq() >= seq).count() >= viewers.size() - gone;
    }

    /** Entries up to the cursor that did not come, over all viewers. */
    long lost(long seq) {
        return viewers.stream()
                .mapToLong(viewer -> viewer.scan.missed() + Math.max(0, seq - viewer.scan.lastSeq()))
                .sum();
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        var viewer = new Viewer();
        viewers.add(viewer);
        boolean connected = channel.connect(server);
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, viewer);
        if (connected) {
            ask(key, channel);
        }
    }

    private void ready(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                ask(key, channel);
            } else if (key.isReadable()) {
                read(key, channel);
            }
        } catch (IOException e) {
            lose(key, channel);
        }
    }

    private void ask(SelectionKey key, SocketChannel channel) throws IOException {
        // A fresh socket has room for a few hundred bytes.
        channel.write(ByteBuffer.wrap(request));
        key.interestOps(SelectionKey.OP_READ);
    }

    private void read(SelectionKey key, SocketChannel channel) throws IOException {
        buffer.clear();
        int length = channel.read(buffer);
        if (length < 0) {
            lose(key, channel);
            return;
        }
        Viewer viewer = (Viewer) key.attachment();
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        viewer.scan.take(buffer.array(), length, readyAt -> {
            if (readyAt >= countFrom) {
                times.add(now - readyAt);
            }
        });
        if (!viewer.counted && viewer.scan.isOpen()) {
            viewer.counted = true;
            open++;
        }
    }

    private void lose(SelectionKey key, SocketChannel channel) {
        gone++;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
