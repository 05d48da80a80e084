package dev.earshot.eventlog;

/** Too many records wait to be published: the log is slower than its caller, who must slow down. Carries no stack trace. */
public final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OverloadedException(String topic) {
        super("publishing to " + topic + " is behind: no room for another record", null, false, false);
    }
}
