package dev.earshot.audio.file;

import java.io.IOException;

/** Audio that cannot be read: one sentence with what is wrong with it and what would do. */
public final class AudioFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    public AudioFormatException(String message) {
        super(message);
    }
}
