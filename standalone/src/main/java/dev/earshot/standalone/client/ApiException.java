package dev.earshot.standalone.client;

/** The API said no, or did not answer. The message is one sentence for people. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ApiException(String message) {
        super(message);
    }

    public ApiException(String message, Throwable cause) {
        super(message, cause);
    }
}
