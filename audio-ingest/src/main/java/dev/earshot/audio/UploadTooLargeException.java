package dev.earshot.audio;

/** The client sends more than we take. */
final class UploadTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UploadTooLargeException(long limit) {
        super(
                "The upload is larger than " + limit / 1_000_000 + " MB: split it or raise AUDIO_MAX_UPLOAD_MB.",
                null,
                false,
                false);
    }
}
