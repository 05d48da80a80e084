package dev.earshot.segment.postgres;

/** The database cannot be used. The message is one sentence for the person who runs us; it holds no password. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
