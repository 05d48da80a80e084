package dev.earshot.api.export;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text behind a share link: a head that says which meeting it is, then one line per segment with its wall clock, UTC.
 *
 * @param title the meeting's name; null when it has none
 * @param nativeMeetingId null when it was deleted
 */
public record SharedText(
        @Nullable String title,
        String platform,
        @Nullable String nativeMeetingId,
        @Nullable Instant start,
        @Nullable Instant end,
        List<Spoken> lines) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * One segment.
     *
     * @param at wall clock of its first word; null when unknown
     */
    public record Spoken(@Nullable Instant at, @Nullable String speaker, String text) {}

    public String write() {
        var text = new StringBuilder();
        text.append(TranscriptFormat.oneLine(title == null ? "Meeting transcript" : title))
                .append('\n');
        text.append("Platform: ").append(platform).append('\n');
        text.append("Meeting ID: ")
                .append(nativeMeetingId == null ? "-" : nativeMeetingId)
                .append('\n');
        text.append("Start: ").append(clock(start)).append('\n');
        text.append("End: ").append(clock(end)).append('\n');
        text.append("-".repeat(40)).append('\n');
        for (Spoken line : lines) {
            text.append('[').append(clock(line.at)).append("] ");
            text.append(TranscriptFormat.oneLine((line.speaker == null ? "Unknown" : line.speaker) + ": " + line.text));
            text.append('\n');
        }
        return text.toString();
    }

    private static String clock(@Nullable Instant at) {
        return at == null ? "-" : CLOCK.format(at);
    }
}
