package dev.earshot.bot.mock;

import dev.earshot.bot.domain.Ending;
import dev.earshot.bot.domain.Presence;
import dev.earshot.bot.domain.Stay;
import dev.earshot.bot.domain.StayRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Stay} in a room that exists only in a {@link MockScenario}: when to stay and when to leave is decided as for any
 * other bot, on what this room would have shown. Not thread-safe.
 */
public final class MockStay {

    /** How long each sentence takes; the next one follows at once. */
    public static final Duration SENTENCE = Duration.ofMillis(500);

    /** From opening the page to its waiting room. */
    private static final Duration LOBBY = Duration.ofMillis(200);
    /** How long the others stay in a room where nothing is said. */
    private static final Duration COMPANY = Duration.ofSeconds(1);
    /** Nobody wants to wait for a mock as long as for people: limits of its order count where they are shorter than these. */
    private static final Duration ADMISSION = Duration.ofSeconds(5);

    private static final Duration ALONE = Duration.ofSeconds(1);

    /** Something that happens in the room or to the bot. */
    public sealed interface Happening {

        /** The bot has come further. */
        record Entered(Stay.Stage stage) implements Happening {}

        /** The sentence of that number, from 1, has been said. */
        record Said(int number) implements Happening {}

        /** The bot leaves a meeting that goes on; {@link Ended} follows. */
        record Leaves(String reason) implements Happening {}

        /** The bot is gone without a word. */
        record Crashed() implements Happening {}

        /** The stay is over. */
        record Ended(Ending ending) implements Happening {}
    }

    private final MockScenario scenario;
    private final Instant openedAt;
    private Stay stay;
    private @Nullable Instant activeSince;
    private int said;

    /** A stay that begins with opening the page. */
    public MockStay(MockScenario scenario, StayRules rules, Instant openedAt) {
        this.scenario = scenario;
        this.openedAt = openedAt;
        this.stay = Stay.begin(
                new StayRules(
                        rules.join(),
                        shorter(rules.admission(), ADMISSION),
                        shorter(rules.alone(), ALONE),
                        rules.nobodyCame(),
                        rules.total()),
                openedAt);
    }

    /**
     * What has happened since the last look, in order; nothing more after {@link Happening.Crashed} or {@link
     * Happening.Ended}.
     *
     * @param now wall clock, not before that of the last look
     */
    public List<Happening> look(Instant now, boolean leaveAsked) {
        var happenings = new ArrayList<Happening>();
        while (said < sentencesDue(now)) {
            happenings.add(new Happening.Said(++said));
        }
        if (allIsSaid() && scenario.outcome() == MockScenario.Outcome.CRASHES) {
            happenings.add(new Happening.Crashed());
            return happenings;
        }
        Presence presence = presence(now);
        Stay.Step step = stay.see(new Stay.Sight(now, presence, others(now), leaveAsked));
        stay = step.stay();
        step.entered().ifPresent(stage -> {
            if (stage == Stay.Stage.ACTIVE) {
                activeSince = now;
            }
            happenings.add(new Happening.Entered(stage));
        });
        step.ending().ifPresent(ending -> {
            if (presence == Presence.IN_CALL) {
                happenings.add(new Happening.Leaves(ending.reason()));
            }
            happenings.add(new Happening.Ended(ending));
        });
        return happenings;
    }

    private long sentencesDue(Instant now) {
        return activeSince == null
                ? 0
                : Math.min(
                        scenario.sentences(), Duration.between(activeSince, now).dividedBy(SENTENCE));
    }

    private Presence presence(Instant now) {
        Duration open = Duration.between(openedAt, now);
        if (open.compareTo(LOBBY) < 0) {
            return Presence.LOBBY;
        }
        if (open.compareTo(scenario.waits()) < 0) {
            return Presence.WAITING;
        }
        return switch (scenario.outcome()) {
            case DENIED -> Presence.DENIED;
            case MEETING_ENDS -> allIsSaid() ? Presence.ENDED : Presence.IN_CALL;
            case GOES_ON, CRASHES, OTHERS_LEAVE -> Presence.IN_CALL;
        };
    }

    private int others(Instant now) {
        boolean theyLeft = scenario.outcome() == MockScenario.Outcome.OTHERS_LEAVE
                && Duration.between(openedAt.plus(scenario.waits()), now).compareTo(COMPANY) >= 0;
        return theyLeft ? 0 : 2;
    }

    private boolean allIsSaid() {
        return stay.stage() == Stay.Stage.ACTIVE && said >= scenario.sentences();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
