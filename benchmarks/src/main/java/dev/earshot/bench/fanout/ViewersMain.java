package dev.earshot.bench.fanout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The viewers, in a process of their own: so they have file descriptors and a processor account of their own. Arguments: port,
 * path, number. Says {@code open} once all are; is told {@code count MICROS} and, at the end, {@code last SEQ}; then says
 * {@code result} and what it measured.
 */
public final class ViewersMain {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long TURN_MS = 100;

    private ViewersMain() {}

    public static void main(String[] arguments) throws IOException {
        Queue<String> orders = new ConcurrentLinkedQueue<>();
        Thread listener = new Thread(() -> listen(orders), "orders");
        listener.setDaemon(true);
        listener.start();
        try (var viewers = new Viewers(Integer.parseInt(arguments[0]), arguments[1])) {
            viewers.open(Integer.parseInt(arguments[2]));
            System.out.println("open");
            long last = follow(viewers, orders);
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (!viewers.haveAll(last) && System.nanoTime() < deadline) {
                viewers.read(TURN_MS);
            }
            DeliveryTimes times = viewers.times();
            System.out.printf(
                    Locale.ROOT,
                    "result %.1f %.1f %.1f %.1f %d %d%n",
                    times.at(50),
                    times.at(95),
                    times.at(99),
                    times.at(100),
                    times.count(),
                    viewers.lost(last));
        }
    }

    private static long follow(Viewers viewers, Queue<String> orders) throws IOException {
        while (true) {
            viewers.read(TURN_MS);
            String order = orders.poll();
            if (order != null && order.startsWith("count ")) {
                viewers.countFrom(Long.parseLong(order.substring(6)));
            } else if (order != null && order.startsWith("last ")) {
                return Long.parseLong(order.substring(5));
            }
        }
    }

    private static void listen(Queue<String> orders) {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            in.lines().forEach(orders::add);
        } catch (IOException e) {
            orders.clear();
        }
        // Whoever gave the orders is gone.
        System.exit(1);
    }
}
