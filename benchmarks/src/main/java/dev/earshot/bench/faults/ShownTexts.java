package dev.earshot.bench.faults;

import dev.earshot.standalone.client.MeetingFollower;
import dev.earshot.standalone.client.TranscriptFrame;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Notes when a client was shown something that it had not seen. Thread-safe. */
final class ShownTexts implements MeetingFollower.Listener {

    /** Wall clocks, microseconds since the epoch. */
    private final List<Shown> shown = new ArrayList<>();

    private long newest;

    @Override
    public synchronized void transcript(TranscriptFrame frame) {
        long now = micros(Instant.now());
        long heardTo = Stream.concat(frame.pending().stream(), frame.confirmed().stream())
                .mapToLong(TranscriptFrame.Text::readyAtMicros)
                .max()
                .orElse(0);
        if (heardTo > newest) {
            newest = heardTo;
            shown.add(new Shown(now, heardTo));
        }
    }

    /** What was shown so far, since the session's start. */
    synchronized List<Shown> since(Instant start) {
        long zero = micros(start);
        return shown.stream()
                .map(news -> new Shown(news.atMicros() - zero, news.heardToMicros() - zero))
                .toList();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    @Override
    public void status(String status, @Nullable String reason) {
        // Nobody moves these meetings.
    }

    @Override
    public void gap(long startMs, long endMs, String reason) {
        // The audit counts them.
    }
}
