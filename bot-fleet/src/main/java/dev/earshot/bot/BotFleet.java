package dev.earshot.bot;

import dev.earshot.audio.AudioEvents;
import dev.earshot.audio.AudioPublisher;
import dev.earshot.bot.domain.BotOrder;
import dev.earshot.bot.domain.ClaimLedger;
import dev.earshot.bot.domain.ClaimLedger.Claim;
import dev.earshot.bot.domain.Ending;
import dev.earshot.bot.domain.Listening;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.Topic;
import dev.earshot.schema.avro.BotClaim;
import dev.earshot.schema.avro.BotClaimState;
import dev.earshot.schema.avro.BotCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One node of the fleet: reads orders, claims those it has room for, and runs a {@link Bot} for each claim it won.
 *
 * <p>Everything but the bots happens on one thread, so the ledger and the orders need no locks. Every node reads all orders
 * and all claims; of several nodes that claim a session, the log's order picks one. A claim whose node has gone silent is
 * taken over only to end the session in an orderly way: a second stay would not be the same session.
 */
public final class BotFleet implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BotFleet.class);

    /** How long leaving all meetings may take at the end. */
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(25);

    /** A bot and the thread it lives on. */
    private record Running(Bot bot, Thread thread, Claim claim) {}

    private final BotFleetConfig config;
    private final EventLog eventLog;
    private final AudioPublisher publisher;
    private final Scheduler thread;
    private final Disposable.Composite subscriptions = Disposables.composite();

    private final ClaimLedger ledger = new ClaimLedger();
    private final Duration beat;
    private final Listening listening;
    private final Map<String, BotOrder> orders = new LinkedHashMap<>();
    private final Set<String> leaves = new HashSet<>();
    private final Set<String> claimed = new HashSet<>();
    private final Map<String, Running> running = new ConcurrentHashMap<>(); // written on the fleet's thread only
    /** Sessions of dead nodes whose end this node is telling now. */
    private final Map<String, Claim> ending = new HashMap<>();

    private volatile Instant lastTick = Instant.now();
    private boolean caughtUp;
    private boolean closing;

    private BotFleet(BotFleetConfig config, EventLog eventLog, AudioPublisher publisher) {
        this.config = config;
        this.eventLog = eventLog;
        this.publisher = publisher;
        this.thread = Schedulers.newSingle("bot-fleet-" + config.node());
        this.beat = config.claimTimeout().dividedBy(3);
        this.listening = new Listening(eventLog.topics().botClaims().partitions(), beat);
    }

    /** Starts a node. The topics must be there; the event log stays its owner's. */
    public static BotFleet launch(BotFleetConfig config, EventLog eventLog) {
        return launch(config, eventLog, AudioEvents.NONE);
    }

    /** The same, with a listener to what happens to the bots' audio. */
    public static BotFleet launch(BotFleetConfig config, EventLog eventLog, AudioEvents events) {
        var fleet = new BotFleet(config, eventLog, AudioPublisher.on(eventLog, events));
        fleet.start();
        return fleet;
    }

    /** Bots that run on this node now. */
    public int bots() {
        return running.size();
    }

    /** How many of them have come how far; every status is there. Answers at once. */
    public Map<String, Integer> botsByStatus() {
        var bots = new LinkedHashMap<String, Integer>();
        Bot.STATUSES.forEach(status -> bots.put(status, 0));
        running.values().forEach(each -> bots.merge(each.bot().status(), 1, Integer::sum));
        return bots;
    }

    /** Why this node does not do its work, as a sentence; empty while it does. Answers at once. */
    public Optional<String> trouble() {
        Duration silence = Duration.between(lastTick, Instant.now());
        return silence.compareTo(config.claimTimeout()) < 0
                ? Optional.empty()
                : Optional.of("The node has not looked after its claims for " + silence.toSeconds() + " s.");
    }

    /** Process id of the browser of a session that runs on this node. */
    public OptionalLong browserPid(String sessionUid) {
        long pid = onThread(() -> Optional.ofNullable(running.get(sessionUid))
                .map(each -> each.bot().browserPid())
                .orElse(-1L));
        return pid < 0 ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    private void start() {
        var everything = Subscription.everything(Subscription.From.EARLIEST);
        var claims = everything.onAnswers(partitions -> listening.answered(partitions, Instant.now()));
        subscriptions.add(eventLog.receive(eventLog.topics().botClaims(), claims)
                .publishOn(thread)
                .subscribe(
                        received -> handled(eventLog.topics().botClaims(), received, () -> onClaim(received.value()))));
        subscriptions.add(eventLog.receive(eventLog.topics().botCommands(), everything)
                .publishOn(thread)
                .subscribe(received ->
                        handled(eventLog.topics().botCommands(), received, () -> onCommand(received.value()))));
        long beatMillis = beat.toMillis();
        subscriptions.add(thread.schedulePeriodically(
                () -> guarded(this::tick), Math.min(1_000, beatMillis), beatMillis, TimeUnit.MILLISECONDS));
        log.info("fleet_started node={} max_bots={}", config.node(), config.maxBots());
    }

    private void onCommand(BotCommand command) {
        String session = command.getSessionUid();
        switch (command.getType()) {
            case JOIN -> {
                if (command.getIssuedAt().plus(config.orderPatience()).isBefore(Instant.now())) {
                    return; // of a time before this node started: whoever ran it has reported it
                }
                BotOrder order = BotOrders.of(command, config.rules());
                orders.values().removeIf(waiting -> waiting.meetingId().equals(order.meetingId()));
                orders.put(session, order);
                claimWhatFits();
            }
            case LEAVE -> {
                if (orders.containsKey(session) || claimed.contains(session)) {
                    leaves.add(session);
                }
                Optional.ofNullable(running.get(session))
                        .ifPresent(each -> each.bot().leave());
            }
            case RECONFIGURE ->
                Optional.ofNullable(running.get(session))
                        .ifPresent(each -> each.bot().reconfigure(BotOrders.options(command)));
            case UNKNOWN -> log.warn("command_unknown session_uid={}", session);
        }
    }

    private void onClaim(BotClaim record) {
        Claim claim = BotOrders.of(record);
        boolean takeover = claim.epoch()
                > ledger.winner(claim.sessionUid()).map(Claim::epoch).orElse(0L);
        boolean counts = ledger.apply(claim, Instant.now());
        boolean ours = claim.node().equals(config.node());
        String session = claim.sessionUid();
        if (!counts || !ours) {
            if (counts) {
                lost(session);
            }
            return;
        }
        BotOrder order = orders.remove(session);
        if (claim.released() || running.containsKey(session)) {
            return;
        }
        if (takeover) {
            closeAbandoned(claim);
        } else if (order != null && claimed.contains(session)) {
            run(order, claim);
        }
    }

    /** Another node has the session now: by the log's order, or because this one was out of reach for too long. */
    private void lost(String session) {
        orders.remove(session);
        Running mine = running.get(session);
        if (mine == null) {
            claimed.remove(session);
        } else {
            log.warn("claim_lost session_uid={}", session);
            mine.bot().leave();
        }
    }

    private void claimWhatFits() {
        if (!caughtUp || closing) {
            return;
        }
        for (BotOrder order : List.copyOf(orders.values())) {
            String session = order.sessionUid();
            if (ledger.winner(session).isPresent()) {
                orders.remove(session);
            } else if (!claimed.contains(session) && (claimed.size() < config.maxBots() || endsAtOnce(order))) {
                claimed.add(session);
                publish(new Claim(order.meetingId(), session, config.node(), 0, false, Instant.now()));
            }
        }
    }

    /** Orders that need no room: taken back, or so old that they have failed. */
    private boolean endsAtOnce(BotOrder order) {
        return leaves.contains(order.sessionUid()) || isExpired(order);
    }

    private boolean isExpired(BotOrder order) {
        return order.issuedAt().plus(config.orderPatience()).isBefore(Instant.now());
    }

    private void run(BotOrder order, Claim claim) {
        if (closing) {
            return; // without a heartbeat the claim lapses, and another node gives the session its end
        }
        Bot bot = Bot.of(order, config, eventLog, publisher);
        if (leaves.contains(order.sessionUid())) {
            bot.leave();
        } else if (isExpired(order)) {
            bot.refuse("No node had room for this bot within "
                    + config.orderPatience().toSeconds() + " s.");
        }
        // The bot's thread must not be a daemon: it has to leave its meeting before the process may end.
        var botThread = new Thread(
                () -> {
                    try {
                        bot.run();
                    } finally {
                        thread.schedule(() -> guarded(() -> onBotEnded(claim)));
                    }
                },
                "bot-" + order.sessionUid());
        running.put(order.sessionUid(), new Running(bot, botThread, claim));
        botThread.start();
    }

    private void onBotEnded(Claim claim) {
        Running ended = running.remove(claim.sessionUid());
        claimed.remove(claim.sessionUid());
        leaves.remove(claim.sessionUid());
        if (ended != null) {
            releaseOrLetLapse(claim, ended.bot().isReported());
        }
        claimWhatFits();
    }

    /** A session whose end the topics do not know yet stays claimed: when the claim has lapsed, a node tells them. */
    private void releaseOrLetLapse(Claim claim, boolean endIsTold) {
        if (endIsTold) {
            publish(new Claim(claim.meetingId(), claim.sessionUid(), claim.node(), claim.epoch(), true, Instant.now()));
        } else {
            log.warn("claim_left_to_lapse session_uid={}", claim.sessionUid());
        }
    }

    private void tick() {
        caughtUp = true;
        Instant now = Instant.now();
        lastTick = now;
        Instant listeningSince = listening.since(now);
        running.values().forEach(each -> heartbeat(each.claim(), now));
        ending.values().forEach(each -> heartbeat(each, now));
        if (closing) {
            return;
        }
        for (Claim dead : ledger.abandoned(now, config.claimTimeout(), listeningSince)) {
            if (!running.containsKey(dead.sessionUid()) && !ending.containsKey(dead.sessionUid())) {
                publish(new Claim(dead.meetingId(), dead.sessionUid(), config.node(), dead.epoch() + 1, false, now));
            }
        }
        claimWhatFits();
    }

    private void heartbeat(Claim claim, Instant now) {
        publish(new Claim(claim.meetingId(), claim.sessionUid(), claim.node(), claim.epoch(), false, now));
    }

    /** Gives the session of a dead node the end that its bot could not. */
    private void closeAbandoned(Claim claim) {
        if (closing) {
            return;
        }
        ending.put(claim.sessionUid(), claim);
        var report = new BotReport(eventLog, BotOrders.abandoned(claim, config.rules()));
        // Which tracks it had nobody knows: to say that there were none would be to say that there is nothing to wait
        // for.
        report.ended(null, Ending.failed("browser_crashed", "The node that ran this bot is gone."));
        var unused = Mono.fromCallable(() -> report.close(LEAVE_PATIENCE))
                .subscribeOn(Schedulers.boundedElastic())
                .publishOn(thread)
                .subscribe(
                        told -> guarded(() -> {
                            ending.remove(claim.sessionUid());
                            releaseOrLetLapse(claim, told);
                        }),
                        failure -> log.warn(
                                "abandoned_session_not_ended session_uid={} reason=\"{}\"",
                                claim.sessionUid(),
                                failure.toString()));
    }

    private void publish(Claim claim) {
        var record = BotClaim.newBuilder()
                .setMeetingId(claim.meetingId())
                .setSessionUid(claim.sessionUid())
                .setNode(claim.node())
                .setEpoch(claim.epoch())
                .setState(claim.released() ? BotClaimState.RELEASED : BotClaimState.CLAIMED)
                .setHeartbeatAt(claim.heartbeatAt())
                .build();
        var unused = eventLog.publisher(eventLog.topics().botClaims())
                .publish(claim.meetingId(), record)
                .subscribe(position -> {}, failure -> {
                    log.warn("claim_unpublished session_uid={} reason=\"{}\"", claim.sessionUid(), failure.toString());
                    if (claim.epoch() == 0 && !claim.released()) {
                        thread.schedule(() -> guarded(() -> {
                            if (!running.containsKey(claim.sessionUid())) {
                                claimed.remove(claim.sessionUid()); // the next tick claims it again
                            }
                        }));
                    }
                });
    }

    /** A record that cannot be obeyed goes to the dead letters; it must not end the node. */
    private <V extends SpecificRecord> void handled(Topic<V> topic, Received<V> record, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("record_not_handled topic={} offset={}", topic.name(), record.offset(), e);
            eventLog.deadLetter(topic, record, e)
                    .subscribe(
                            done -> {}, failure -> log.error("dead_letter_not_kept topic={}", topic.name(), failure));
        }
    }

    /** One failed step must not end the node. */
    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("fleet_step_failed", e);
        }
    }

    private <T> T onThread(Callable<T> question) {
        return Mono.fromCallable(question)
                .subscribeOn(thread)
                .blockOptional(LEAVE_PATIENCE)
                .orElseThrow();
    }

    /** Takes no more orders, leaves all meetings, and returns when their last events are published. */
    @Override
    public void close() {
        List<Running> bots = onThread(() -> {
            closing = true;
            return List.copyOf(running.values());
        });
        bots.forEach(each -> each.bot().leave());
        long deadline = System.nanoTime() + LEAVE_PATIENCE.toNanos();
        for (Running each : bots) {
            try {
                each.thread().join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        onThread(running::size); // the last releases are published before the thread ends
        subscriptions.dispose();
        thread.dispose();
        log.info("fleet_stopped node={}", config.node());
    }
}
