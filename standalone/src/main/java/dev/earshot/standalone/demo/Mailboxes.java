package dev.earshot.standalone.demo;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Carries signalling messages between the host and the guests: one queue per page that listens. Thread-safe. */
final class Mailboxes {

    static final String HOST = "host";
    static final String ALL_GUESTS = "guests";

    /** Ends the listening page's stream. */
    static final String CLOSE = "";

    private final Map<String, BlockingQueue<String>> boxes = new ConcurrentHashMap<>();

    /** A new, empty box for {@code id}; an older one of that id gets nothing more. */
    BlockingQueue<String> open(String id) {
        var box = new LinkedBlockingQueue<String>();
        boxes.put(id, box);
        return box;
    }

    /** Removes the box unless a newer one has taken its place. */
    void close(String id, BlockingQueue<String> box) {
        boxes.remove(id, box);
    }

    /** Puts a message into one box or all guests' boxes; a message to nobody is lost, as on any network. */
    void send(String to, String message) {
        if (to.equals(ALL_GUESTS)) {
            boxes.forEach((id, box) -> {
                if (!id.equals(HOST)) {
                    box.add(message);
                }
            });
        } else {
            BlockingQueue<String> box = boxes.get(to);
            if (box != null) {
                box.add(message);
            }
        }
    }

    /** Ends all streams. */
    void closeAll() {
        boxes.values().forEach(box -> box.add(CLOSE));
    }
}
