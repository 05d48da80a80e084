package dev.earshot.bench.faults;

import dev.earshot.asr.AsrConfig;
import dev.earshot.bench.Product;
import dev.earshot.bench.ProgressBar;
import dev.earshot.bench.latency.LiveTracks;
import dev.earshot.bench.latency.PacedTrack;
import dev.earshot.bench.latency.SpeechLoop;
import dev.earshot.standalone.audit.Audit;
import dev.earshot.standalone.audit.Auditor;
import dev.earshot.standalone.audit.MeetingAudit;
import dev.earshot.standalone.client.MeetingFollower;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Plays faults: so many speakers, each in a meeting of its own with a client of its own, say the same in every round; in the
 * middle something breaks. Each round has a product of its own. Blocking; ends early when interrupted.
 */
public final class FaultRun {

    /** Before the fault everybody has been heard, after it everybody speaks on. */
    private static final Duration BEFORE = Duration.ofSeconds(12);

    private static final Duration AFTER = Duration.ofSeconds(18);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(500);

    private final AsrConfig asr;
    private final int tracks;
    private final Duration away;
    private final SpeechLoop speech = SpeechLoop.ofDemo();
    /** Rounds without a fault, by their length: the last words differ with it. */
    private final Map<Duration, Round> normal = new HashMap<>();

    /** @param away how long a server that is taken away stays away */
    public FaultRun(AsrConfig asr, int tracks, Duration away) {
        this.asr = asr;
        this.tracks = tracks;
        this.away = away;
    }

    /** Plays a fault so many times. */
    public FaultRow measure(Fault fault, int rounds)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Duration length =
                BEFORE.plus(fault == Fault.POSTGRES_DOWN ? away : Duration.ZERO).plus(AFTER);
        if (!normal.containsKey(length)) {
            normal.put(length, play(Fault.NONE, length, "without a fault"));
        }
        Round expected = Objects.requireNonNull(normal.get(length));
        double lost = 0;
        int duplicates = 0;
        boolean textEqual = true;
        double late = 0;
        var violations = new ArrayList<String>();
        for (int i = 1; i <= rounds; i++) {
            Round round = play(fault, length, rounds == 1 ? fault.label() : fault.label() + " " + i + "/" + rounds);
            lost += round.audit().lostSeconds();
            duplicates += round.audit().duplicates();
            textEqual &= round.texts().equals(expected.texts());
            late = Math.max(late, round.secondsLate(expected));
            violations.addAll(round.audit().violations());
            violations.addAll(round.differences(expected));
        }
        return new FaultRow(fault, tracks, rounds, lost, duplicates, textEqual, late, violations);
    }

    private Round play(Fault fault, Duration length, String label)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (FaultStage stage = FaultStage.start(fault, asr)) {
            Product product = stage.product();
            List<Long> meetings = new ArrayList<>();
            List<ShownTexts> shown = new ArrayList<>();
            List<MeetingFollower> followers = new ArrayList<>();
            for (int i = 0; i < tracks; i++) {
                meetings.add(product.newMeeting("bench-" + i));
                shown.add(new ShownTexts());
                followers.add(MeetingFollower.start(product.api(), meetings.get(i), shown.get(i)));
            }
            try (LiveTracks live = LiveTracks.start(product.log(), speech, meetings, length)) {
                speak(stage, live, length, label);
                live.end();
                return judge(product, meetings, live.tracks(), shown);
            } finally {
                followers.forEach(MeetingFollower::close);
            }
        }
    }

    private static void speak(FaultStage stage, LiveTracks live, Duration length, String label)
            throws IOException, InterruptedException {
        var bar = new ProgressBar(label);
        Duration mended = length.minus(AFTER);
        live.run(BEFORE, done -> bar.show(done, length, "speaking"));
        stage.strike();
        live.run(mended.minus(BEFORE), done -> bar.show(BEFORE.plus(done), length, "broken"));
        stage.mend();
        live.run(AFTER, done -> bar.show(mended.plus(done), length, "speaking on"));
        bar.end();
    }

    private Round judge(Product product, List<Long> meetings, List<PacedTrack> spoken, List<ShownTexts> shown)
            throws InterruptedException {
        var auditor = new Auditor(product.log(), product.databaseUrl(), product.api());
        // What is not complete by then, the audit names.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!auditor.areComplete(meetings, tracks) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        Audit audit = auditor.audit(meetings);
        List<List<String>> texts = audit.meetings().stream()
                .map(MeetingAudit::segments)
                .map(segments -> segments.stream()
                        .map(segment -> segment.startMs() + "-" + segment.endMs() + " " + segment.text())
                        .toList())
                .toList();
        List<List<Shown>> news = new ArrayList<>();
        for (int i = 0; i < tracks; i++) {
            news.add(shown.get(i).since(spoken.get(i).capturedAt(0)));
        }
        return new Round(audit, texts, news);
    }
}
