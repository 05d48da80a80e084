package dev.earshot.eventlog;

/** The log cannot be used: a server is away or refuses. The message is one sentence for the person who runs us. */
public final class EventLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EventLogException(String message) {
        super(message);
    }

    public EventLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
