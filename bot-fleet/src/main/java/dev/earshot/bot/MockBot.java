package dev.earshot.bot;

import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.bot.domain.BotOrder;
import dev.earshot.bot.domain.Ending;
import dev.earshot.bot.domain.Stay;
import dev.earshot.bot.mock.MockScenario;
import dev.earshot.bot.mock.MockStay;
import dev.earshot.bot.mock.MockStay.Happening;
import dev.earshot.eventlog.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bot without a browser: plays the {@link MockScenario} that its name asks for on the real topics, so that clients can be
 * tried against every way in which a stay goes.
 */
final class MockBot implements Bot {

    private static final long LOOK_MILLIS = 50;

    /** How long the events may take to get into Kafka. */
    private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(30);

    private final BotOrder order;
    private final AudioPublisher publisher;
    private final BotReport report;
    private final CountDownLatch leaveAsked = new CountDownLatch(1);
    private volatile @Nullable String refusal;
    private volatile boolean reported;
    private volatile String status = Stay.Stage.JOINING.status();

    private @Nullable MockSession session;

    MockBot(BotOrder order, EventLog eventLog, AudioPublisher publisher) {
        this.order = order;
        this.publisher = publisher;
        this.report = new BotReport(eventLog, order);
    }

    @Override
    public void run() {
        try {
            Optional<Ending> ending = stay();
            ending.ifPresent(end -> report.ended(session == null ? null : session.close(), end));
            reported = report.close(FLUSH_PATIENCE) && ending.isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the stay ended; empty when it did as a process that was killed: then the fleet has to find out. */
    private Optional<Ending> stay() throws InterruptedException {
        String sentence = refusal;
        if (sentence != null) {
            return Optional.of(Ending.failed("join_failure", sentence));
        }
        Optional<MockScenario> scenario = MockScenario.of(order.botName());
        if (scenario.isEmpty()) {
            return Optional.of(Ending.failed(
                    "join_failure",
                    order.botName() + " is no mock bot (expected: mock: and one of " + MockScenario.names() + ")."));
        }
        report.status(status, null, null);
        var stay = new MockStay(scenario.get(), order.rules(), Instant.now());
        while (true) {
            boolean leaving = leaveAsked.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            for (Happening happening : stay.look(Instant.now(), leaving)) {
                if (happening instanceof Happening.Entered entered) {
                    enter(entered.stage(), scenario.get());
                } else if (happening instanceof Happening.Said said && session != null) {
                    session.say(said.number());
                } else if (happening instanceof Happening.Leaves leaves) {
                    status = STOPPING;
                    report.status(status, leaves.reason(), null);
                } else if (happening instanceof Happening.Crashed) {
                    return Optional.empty();
                } else if (happening instanceof Happening.Ended ended) {
                    return Optional.of(ended.ending());
                }
            }
            if (session != null) {
                session.hearSilence();
            }
        }
    }

    private void enter(Stay.Stage stage, MockScenario scenario) {
        status = stage.status();
        report.status(status, null, null);
        if (stage == Stay.Stage.ACTIVE) {
            session = MockSession.begin(order, report, scenario.hasAudio() ? publisher : null);
        }
    }

    @Override
    public void leave() {
        leaveAsked.countDown();
    }

    @Override
    public void refuse(String sentence) {
        refusal = sentence;
    }

    /** Nothing is recognised, so there is nothing to change. */
    @Override
    public void reconfigure(DecodingOptions options) {}

    @Override
    public long browserPid() {
        return -1;
    }

    @Override
    public String status() {
        return status;
    }

    @Override
    public boolean isReported() {
        return reported;
    }
}
