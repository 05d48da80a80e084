package dev.earshot.standalone.client;

/**
 * What became of a session's audio, in milliseconds over all its tracks: captured = transcribed + silent + missing.
 *
 * @param capturedMs audio that was captured, or should have been
 * @param transcribedMs covered by segments
 * @param silentMs declared silent
 * @param missingMs lost, and said so
 */
public record Account(long capturedMs, long transcribedMs, long silentMs, long missingMs) {

    public static final Account NOTHING = new Account(0, 0, 0, 0);

    public Account plus(Account other) {
        return new Account(
                capturedMs + other.capturedMs,
                transcribedMs + other.transcribedMs,
                silentMs + other.silentMs,
                missingMs + other.missingMs);
    }

    /** Audio that became text or is known to be silence, of all that was captured; 1 when nothing was. */
    public double coverage() {
        return capturedMs == 0 ? 1 : (double) (transcribedMs + silentMs) / capturedMs;
    }

    /** Audio that was lost and declared as a gap, of all that was captured; with {@link #coverage} it makes 1. */
    public double loss() {
        return capturedMs == 0 ? 0 : (double) missingMs / capturedMs;
    }
}
