package dev.earshot.asr.onnx;

import java.util.ArrayDeque;
import java.util.Deque;

/** What holds native memory, to be closed together, the last one first. Closing twice does nothing. */
final class NativeParts implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("a native part cannot be closed", e);
            }
        }
    }
}
