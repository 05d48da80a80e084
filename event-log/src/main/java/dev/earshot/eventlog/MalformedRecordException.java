package dev.earshot.eventlog;

/** Bytes from a topic that are not what the catalogue says they are. They go to the topic's dead letters. */
public final class MalformedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message) {
        super(message);
    }

    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
