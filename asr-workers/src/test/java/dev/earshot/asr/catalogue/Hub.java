package dev.earshot.asr.catalogue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A hub on loopback that publishes generated files, and can break off, answer with an error, or send something else. */
final class Hub implements AutoCloseable {

    private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";

    /** What was asked for: the path, and from which byte on. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** How many answers are cut off after a third of what they should send. */
    final AtomicInteger cuts = new AtomicInteger();

    /** How many answers are an error of the server's. */
    final AtomicInteger errors = new AtomicInteger();

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread serving = new Thread(this::serve, "hub");
    private final Map<String, byte[]> files = new HashMap<>();
    private volatile boolean knowsRanges = true;

    Hub() throws IOException {
        serving.setDaemon(true);
        serving.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    void forgetRanges() {
        knowsRanges = false;
    }

    /** Publishes a model of two files. */
    CatalogueModel publish() {
        return new CatalogueModel(
                "tones",
                "small",
                "whisper",
                null,
                "MIT",
                "tests",
                "earshot/tones",
                REVISION,
                List.of(publish("onnx/model.onnx", 300_000), publish("config.json", 41)));
    }

    private CatalogueFile publish(String path, int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        files.put("/earshot/tones/resolve/" + REVISION + "/" + path, bytes);
        return new CatalogueFile(path, size, sha256(bytes));
    }

    /** Puts something else where a file was. */
    void replace(String path, byte[] bytes) {
        files.put("/earshot/tones/resolve/" + REVISION + "/" + path, bytes);
    }

    void withdraw(String path) {
        files.remove("/earshot/tones/resolve/" + REVISION + "/" + path);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One connection after the other, each for one request. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
                String path = lines.readLine().split(" ")[1];
                String range = null;
                for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("range:")) {
                        range = line;
                    }
                }
                answer(path, range, connection.getOutputStream());
            } catch (IOException e) {
                asked.add("broken");
            }
        }
    }

    private void answer(String path, String range, OutputStream out) throws IOException {
        byte[] bytes = files.get(path);
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        asked.add(path.substring(path.lastIndexOf('/') + 1) + "@" + from);
        if (bytes == null) {
            head(out, "404 Not Found", 0);
        } else if (errors.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            head(out, "503 Service Unavailable", 0);
        } else if (from > bytes.length) {
            head(out, "416 Range Not Satisfiable", 0);
        } else {
            boolean partial = range != null && knowsRanges;
            int begin = partial ? from : 0;
            int length = bytes.length - begin;
            head(out, partial ? "206 Partial Content" : "200 OK", length);
            boolean cut = bytes.length > 1000 && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            out.write(bytes, begin, cut ? length / 3 : length);
        }
        out.flush();
    }

    private static void head(OutputStream out, String status, int length) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\nConnection: close\r\n\r\n")
                .getBytes(US_ASCII));
    }

    /** Nobody is served any more when this returns: a thread in accept keeps the socket open until it is told. */
    @Override
    public void close() {
        try {
            server.close();
            serving.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
