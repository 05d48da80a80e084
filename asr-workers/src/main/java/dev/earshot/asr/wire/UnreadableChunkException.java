package dev.earshot.asr.wire;

/** A chunk whose audio cannot be decoded, or whose description makes no sense. The message says what was expected. */
public final class UnreadableChunkException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableChunkException(String message) {
        super(message);
    }

    UnreadableChunkException(String message, Throwable cause) {
        super(message, cause);
    }
}
