package dev.earshot.segment.redis;

/** Redis cannot be used. The message is one sentence for the person who runs us; it holds no password. */
public final class LiveViewException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LiveViewException(String message, Throwable cause) {
        super(message, cause);
    }
}
