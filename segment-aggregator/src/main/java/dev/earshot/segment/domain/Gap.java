package dev.earshot.segment.domain;

/**
 * Audio that nobody heard.
 *
 * @param reason why: {@code capture_lost}, {@code chunk_missing}, {@code chunk_unreadable}, {@code decode_failed}, or {@value #UNACCOUNTED}
 */
public record Gap(Span span, String reason) {

    /** No worker ever said what became of this audio. */
    public static final String UNACCOUNTED = "unaccounted";
}
