package dev.earshot.bot.browser;

/** The browser cannot be used. The message is one sentence for the person who runs us. */
public final class BrowserException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrowserException(String message) {
        super(message);
    }

    public BrowserException(String message, Throwable cause) {
        super(message, cause);
    }
}
