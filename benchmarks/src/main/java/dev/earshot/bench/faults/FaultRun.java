package dev.earshot.bench.faults;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.bench.Product;
import dev.earshot.bench.ProgressBar;
import dev.earshot.bench.latency.LiveTracks;
import dev.earshot.bench.latency.SpeechLoop;
import dev.earshot.standalone.audit.Audit;
import dev.earshot.standalone.audit.Auditor;
import dev.earshot.standalone.client.MeetingFollower;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Plays faults: so many speakers, each in a meeting of its own with a client of its own, some of them taking turns, say the
 * same in every round; while they speak, something breaks. Each round has a product of its own. Blocking; ends early when
 * interrupted.
 */
public final class FaultRun {

    /** Before the first fault every group has been heard and nobody waits any more, after the last one they speak on. */
    private static final Duration BEFORE = Duration.ofSeconds(30);

    private static final Duration AFTER = Duration.ofSeconds(18);

    /** What is killed is started again so much later, so that one machine does not pay for taking over and starting at once. */
    private static final Duration DEAD = Duration.ofSeconds(10);

    /** A fault that comes so much later than planned would be measured as another one. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration POLL = Duration.ofMillis(500);

    private final AsrConfig asr;
    private final int tracks;
    private final int times;
    private final Duration every;
    private final Duration away;
    private final List<SpeechLoop> group;
    /** Runs without a fault, by their length: the last words differ with it. */
    private final Map<Duration, Round> normal = new HashMap<>();

    /**
     * @param people so many take turns, as in one meeting: one of them speaks at a time
     * @param times how often something breaks in each round
     * @param every from when it is mended to the next time: longer than a process takes to start and every group to be
     *     heard again
     * @param away how long a server that is taken away stays away
     */
    public FaultRun(AsrConfig asr, int tracks, int people, int times, Duration every, Duration away) {
        this.asr = asr;
        this.tracks = tracks;
        this.group = SpeechLoop.ofDemo().among(people);
        this.times = times;
        this.every = every;
        this.away = away;
    }

    /** Plays so many rounds of a fault. */
    public FaultRow measure(Fault fault, int rounds)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Duration length = BEFORE.plus(broken(fault).plus(every).multipliedBy(times))
                .minus(every)
                .plus(AFTER);
        if (!normal.containsKey(length)) {
            normal.put(length, undisturbed(length));
        }
        Round expected = Objects.requireNonNull(normal.get(length));
        double lost = 0;
        int duplicates = 0;
        boolean textEqual = true;
        double wait = 0;
        double still = 0;
        var recoveries = new ArrayList<Recovery>();
        var violations = new ArrayList<String>();
        for (int i = 1; i <= rounds; i++) {
            Round round = play(fault, length, rounds == 1 ? fault.label() : fault.label() + " " + i + "/" + rounds);
            lost += round.audit().lostSeconds();
            duplicates += round.audit().duplicates();
            textEqual &= round.texts().equals(expected.texts());
            wait = Math.max(wait, round.waitSeconds());
            still = Math.max(still, round.stillSeconds());
            recoveries.addAll(round.recoveries());
            violations.addAll(round.audit().violations());
            violations.addAll(round.differences(expected));
        }
        return new FaultRow(
                fault,
                tracks,
                group.size(),
                rounds * times,
                lost,
                duplicates,
                textEqual,
                wait,
                still,
                recoveries,
                violations);
    }

    private Duration broken(Fault fault) {
        return switch (fault) {
            case POSTGRES_DOWN -> away;
            case WORKER_KILL, AGGREGATOR_KILL -> DEAD;
            case NONE, REDIS_FLUSH, BROKER_RESTART -> Duration.ZERO;
        };
    }

    /**
     * What the same speakers come to when nothing breaks. Final text depends on the audio alone, so it comes as fast as it is
     * taken and with as few partials as may be.
     */
    private Round undisturbed(Duration length) throws InterruptedException {
        new ProgressBar("without a fault").show(Duration.ZERO, length, "all at once, for comparison");
        try (Product product = Product.start(withFewPartials(asr))) {
            List<Long> meetings = meetings(product);
            LiveTracks.pour(product.log(), group, meetings, length);
            return new Round(audit(product, meetings), 0, 0, List.of());
        }
    }

    private static AsrConfig withFewPartials(AsrConfig asr) {
        TrackRules rules = asr.rules();
        return new AsrConfig(
                asr.model(),
                asr.computing(),
                asr.batchMax(),
                asr.batchWindow(),
                new TrackRules(rules.endpoint(), 2000, 5000, rules.pauseMs()),
                asr.backlogMax(),
                asr.language());
    }

    private List<Long> meetings(Product product) {
        return IntStream.range(0, tracks)
                .mapToObj(i -> product.newMeeting("bench-" + i))
                .toList();
    }

    private Round play(Fault fault, Duration length, String label)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (FaultStage stage = FaultStage.start(fault, asr)) {
            Product product = stage.product();
            List<Long> meetings = meetings(product);
            List<ShownTexts> shown = new ArrayList<>();
            List<MeetingFollower> followers = new ArrayList<>();
            for (long meeting : meetings) {
                var texts = new ShownTexts();
                shown.add(texts);
                followers.add(MeetingFollower.start(product.api(), meeting, texts));
            }
            try (LiveTracks live = LiveTracks.start(product.log(), group, meetings, length)) {
                List<Break> breaks = speak(stage, fault, new Course(live, length, label));
                live.end();
                // When all is there, all was shown.
                Audit audit = audit(product, meetings);
                var waits = new Waits(live.tracks(), shown, Instant.now());
                return new Round(audit, waits.longest(), waits.longestStandstill(), waits.after(breaks));
            } finally {
                followers.forEach(MeetingFollower::close);
            }
        }
    }

    private List<Break> speak(FaultStage stage, Fault fault, Course course)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        List<Break> breaks = new ArrayList<>();
        Duration at = BEFORE;
        for (int i = 1; i <= times; i++) {
            course.runTo(at, i == 1 ? "speaking" : "broken " + (i - 1) + "/" + times);
            stage.awaitWhole();
            if (course.elapsed().minus(at).compareTo(LATE) > 0) {
                throw new IllegalStateException("what was started again takes longer than --every-s "
                        + every.toSeconds() + " to be there: give it more");
            }
            Instant broken = Instant.now();
            stage.strike();
            course.runTo(at.plus(broken(fault)), "broken");
            breaks.add(new Break(broken, Instant.now()));
            stage.mend();
            at = at.plus(broken(fault)).plus(every);
        }
        course.runTo(course.length(), "speaking on");
        return breaks;
    }

    /** Everybody speaks; where in it they are. */
    private static final class Course {

        private final LiveTracks live;
        private final Duration length;
        private final ProgressBar bar;
        private final long start = System.nanoTime();

        Course(LiveTracks live, Duration length, String label) {
            this.live = live;
            this.length = length;
            this.bar = new ProgressBar(label);
        }

        Duration length() {
            return length;
        }

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        void runTo(Duration at, String word) throws InterruptedException {
            Duration before = elapsed();
            live.run(at.minus(before), done -> bar.show(before.plus(done), length, word));
            if (at.equals(length)) {
                bar.end();
            }
        }
    }

    private Audit audit(Product product, List<Long> meetings) throws InterruptedException {
        var auditor = new Auditor(product.log(), product.databaseUrl(), product.api());
        // What is not complete by then, the audit names.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!auditor.areComplete(meetings, tracks) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return auditor.audit(meetings);
    }
}
