package dev.earshot.localstack;

import org.jspecify.annotations.Nullable;

/** Says in one sentence why the local stack, or a part of it, could not start and what to do about it. */
public final class LocalStackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalStackException(String sentence) {
        super(sentence);
    }

    LocalStackException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
