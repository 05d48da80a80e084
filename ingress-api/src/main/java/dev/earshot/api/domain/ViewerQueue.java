package dev.earshot.api.domain;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one viewer. Pending text that newer text supersedes is dropped, whatever has a cursor never is; when more
 * than the limit of the latter waits, the viewer is too slow and must come back with its cursor. Thread-safe.
 *
 * @param <F> a frame
 */
public final class ViewerQueue<F> {

    /** What a frame is about: newer frames with the same key supersede it. */
    public record Key(String kind, String name) {}

    private record Item<F>(F frame, boolean lasting) {}

    private final Map<Object, Item<F>> waiting = new LinkedHashMap<>();
    private final int limit;
    private int lasting;
    private boolean ended;

    /** A queue for at most so many frames that must not be dropped. */
    public ViewerQueue(int limit) {
        this.limit = limit;
    }

    /** Adds a frame that a newer one of the same key may supersede. */
    public synchronized void offer(Key key, F frame) {
        if (!ended) {
            // Removed first, so that the newer frame goes behind what came before it.
            waiting.remove(key);
            waiting.put(key, new Item<>(frame, false));
        }
    }

    /**
     * Adds a frame that must not be lost.
     *
     * @param supersedes what the frame tells anew; null for nothing
     * @return false when the viewer is too slow: nothing is added any more
     */
    public synchronized boolean offerLasting(F frame, @Nullable Key supersedes) {
        if (ended) {
            return true;
        }
        if (lasting >= limit) {
            ended = true;
            waiting.clear();
            return false;
        }
        if (supersedes != null) {
            waiting.remove(supersedes);
        }
        lasting++;
        waiting.put(new Object(), new Item<>(frame, true));
        return true;
    }

    /** The next frame; null when none waits. */
    public synchronized @Nullable F poll() {
        Iterator<Item<F>> items = waiting.values().iterator();
        if (!items.hasNext()) {
            return null;
        }
        Item<F> next = items.next();
        items.remove();
        if (next.lasting()) {
            lasting--;
        }
        return next.frame();
    }

    /** Says that nothing follows what waits now. */
    public synchronized void end() {
        ended = true;
    }

    /** Whether nothing waits and nothing will come. */
    public synchronized boolean isFinished() {
        return ended && waiting.isEmpty();
    }
}
