package dev.earshot.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The demo meeting's web server on 127.0.0.1: the guests' page, the host's page, the speech, and signalling (a stream of
 * events to each page, and a way to send to another page). Knows nothing of what the messages mean.
 */
final class DemoRoom implements AutoCloseable {

    static {
        // Otherwise every small answer waits for a delayed acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Map<String, String> PAGES =
            Map.of("/", "meet.html", "/meet", "meet.html", "/host", "host.html");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "wav", "audio/wav");
    private static final int LARGEST_MESSAGE = 256 * 1024;
    private static final int KEEP_ALIVE_SECONDS = 5;

    private final ObjectMapper json = new ObjectMapper();
    private final Mailboxes mailboxes;
    private final String contentSecurityPolicy;
    private final Consumer<JsonNode> hostReports;
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Opens the port.
     *
     * @param hostReports takes what the host's page reports, on a server thread
     */
    DemoRoom(int port, String contentSecurityPolicy, Mailboxes mailboxes, Consumer<JsonNode> hostReports)
            throws IOException {
        this.mailboxes = mailboxes;
        this.contentSecurityPolicy = contentSecurityPolicy;
        this.hostReports = hostReports;
        this.threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "demo-room");
            thread.setDaemon(true);
            return thread;
        });
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The root of the pages, without a slash at its end. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/api/events" -> stream(exchange);
                case "/api/send" -> {
                    String message = body(exchange);
                    mailboxes.send(json.readTree(message).path("to").asText(), message);
                    exchange.sendResponseHeaders(204, -1);
                }
                case "/api/host" -> {
                    hostReports.accept(json.readTree(body(exchange)));
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> file(exchange);
            }
        } catch (IOException e) {
            // The page is gone; its stream's end tells the host.
        }
    }

    private void file(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = PAGES.getOrDefault(path, path.substring(1));
        byte[] content = null;
        if (name.matches("(speech/)?[a-z0-9-]+\\.[a-z]+")) {
            try (InputStream in = DemoRoom.class.getResourceAsStream(DemoScript.FOLDER + name)) {
                content = in == null ? null : in.readAllBytes();
            }
        }
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"));
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        if (name.equals("meet.html") && !contentSecurityPolicy.isEmpty()) {
            headers.set("Content-Security-Policy", contentSecurityPolicy);
        }
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    private void stream(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        String id = query.getOrDefault("id", "");
        BlockingQueue<String> box = mailboxes.open(id);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        try {
            write(exchange, ": welcome\n\n");
            if (!id.equals(Mailboxes.HOST)) {
                tellHost("knock", id, query.getOrDefault("name", ""));
            }
            for (@Nullable String message = ""; message != null; message = next(box)) {
                write(exchange, message.isEmpty() ? ": still here\n\n" : "data: " + message + "\n\n");
            }
        } finally {
            mailboxes.close(id, box);
            if (!id.equals(Mailboxes.HOST)) {
                tellHost("gone", id, "");
            }
        }
    }

    /** The next message, a blank after a while without one, null when the stream shall end. */
    private static @Nullable String next(BlockingQueue<String> box) {
        try {
            String message = box.poll(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
            return message == null ? "" : message.equals(Mailboxes.CLOSE) ? null : message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void tellHost(String type, String from, String name) {
        mailboxes.send(
                Mailboxes.HOST,
                json.createObjectNode()
                        .put("type", type)
                        .put("from", from)
                        .put("name", name)
                        .toString());
    }

    private static void write(HttpExchange exchange, String text) throws IOException {
        OutputStream out = exchange.getResponseBody();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_MESSAGE);
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        mailboxes.closeAll();
        server.stop(0);
        threads.shutdownNow();
    }
}
