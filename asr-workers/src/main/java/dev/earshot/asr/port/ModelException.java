package dev.earshot.asr.port;

/** A model cannot be used. The message is one sentence for people: what is wrong with which file, and what to do. */
public class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
