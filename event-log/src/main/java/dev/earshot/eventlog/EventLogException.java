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

    /** Kafka did not do what it was asked; its own words, and what to look at. */
    static EventLogException ofKafka(EventLogConfig config, Throwable cause) {
        String reason = cause.getMessage() == null ? "no answer" : cause.getMessage();
        return new EventLogException(
                "Kafka cannot be used at " + config.bootstrapServers() + " (" + reason + "); is it running, and are"
                        + " KAFKA_BOOTSTRAP_SERVERS and KAFKA_CLIENT_SETTINGS right?",
                cause);
    }
}
