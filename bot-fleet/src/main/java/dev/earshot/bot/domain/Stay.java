package dev.earshot.bot.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bot's stay in a meeting, decided one look at the page at a time: {@link #see} gives the next state and what follows
 * from it. Immutable, no clock.
 *
 * <p>An end that the page shows counts when it is seen twice in a row: pages flicker while they redraw.
 */
public final class Stay {

    /** A page that reconnects, or that loads anew by itself, is back in the meeting before that. */
    private static final Duration AWAY = Duration.ofSeconds(60);

    /** How far the bot has come. */
    public enum Stage {
        JOINING("joining"),
        AWAITING_ADMISSION("awaiting_admission"),
        ACTIVE("active");

        private final String status;

        Stage(String status) {
            this.status = status;
        }

        /** The public API's word for it. */
        public String status() {
            return status;
        }
    }

    /**
     * One look.
     *
     * @param at wall clock
     * @param presence what the page shows
     * @param others participants besides the bot, as the page last listed them; counts only while the page shows the
     *     meeting, because a page that has gone elsewhere takes nobody off its list
     * @param leaveAsked whether the user has asked the bot to leave
     */
    public record Sight(Instant at, Presence presence, int others, boolean leaveAsked) {

        private boolean shown() {
            return presence == Presence.IN_CALL || presence == Presence.WAITING;
        }

        private boolean company() {
            return presence == Presence.IN_CALL && others > 0;
        }
    }

    /**
     * What follows from a look.
     *
     * @param stay the state from now on
     * @param entered the stage that begins now, if one does
     * @param ending how the stay ends now, if it does
     */
    public record Step(Stay stay, Optional<Stage> entered, Optional<Ending> ending) {}

    /**
     * What there is to remember.
     *
     * @param lastCompanyAt when another participant was last seen; the stage's beginning before that
     * @param lastShownAt when the page last showed the meeting or its waiting room
     * @param seenEnd the end that the last look showed, if it did
     */
    private record Memory(
            Stage stage,
            Instant stageSince,
            Instant lastCompanyAt,
            Instant lastShownAt,
            boolean hadCompany,
            @Nullable Presence seenEnd) {}

    private final StayRules rules;
    private final Instant openedAt;
    private final Memory memory;

    private Stay(StayRules rules, Instant openedAt, Memory memory) {
        this.rules = rules;
        this.openedAt = openedAt;
        this.memory = memory;
    }

    /** A stay that begins with opening the page. */
    public static Stay begin(StayRules rules, Instant at) {
        return new Stay(rules, at, new Memory(Stage.JOINING, at, at, at, false, null));
    }

    public Stage stage() {
        return memory.stage;
    }

    /** Takes one look into account. */
    public Step see(Sight sight) {
        Optional<Ending> ending = ending(sight);
        if (ending.isPresent()) {
            return new Step(this, Optional.empty(), ending);
        }
        Stage next = stageAfter(sight.presence());
        boolean moved = next != memory.stage;
        boolean company = sight.company();
        var now = new Memory(
                next,
                moved ? sight.at() : memory.stageSince,
                company || moved ? sight.at() : memory.lastCompanyAt,
                sight.shown() ? sight.at() : memory.lastShownAt,
                memory.hadCompany || company,
                sight.presence().isEnd() ? sight.presence() : null);
        var stay = new Stay(rules, openedAt, now);
        return new Step(stay, moved ? Optional.of(next) : Optional.empty(), Optional.empty());
    }

    private Stage stageAfter(Presence presence) {
        return switch (presence) {
            case IN_CALL -> Stage.ACTIVE;
            case WAITING -> memory.stage == Stage.JOINING ? Stage.AWAITING_ADMISSION : memory.stage;
            default -> memory.stage;
        };
    }

    private Optional<Ending> ending(Sight sight) {
        if (sight.leaveAsked()) {
            return Optional.of(Ending.completed("stopped", "The bot was asked to leave."));
        }
        if (sight.presence().isEnd() && sight.presence() == memory.seenEnd) {
            return Optional.of(endThatThePageShows(sight.presence()));
        }
        if (passed(openedAt, rules.total(), sight)) {
            return Optional.of(Ending.failed(
                    "max_bot_time_exceeded", "The bot has reached its limit of " + words(rules.total()) + "."));
        }
        return switch (memory.stage) {
            case JOINING ->
                passed(memory.stageSince, rules.join(), sight) && stageAfter(sight.presence()) == memory.stage
                        ? Optional.of(Ending.failed(
                                "join_failure",
                                "The meeting page showed neither a waiting room nor the meeting within "
                                        + words(rules.join()) + "."))
                        : Optional.empty();
            case AWAITING_ADMISSION ->
                passed(memory.stageSince, rules.admission(), sight) && sight.presence() != Presence.IN_CALL
                        ? Optional.of(Ending.failed(
                                "awaiting_admission_timeout",
                                "Nobody let the bot in within " + words(rules.admission()) + "."))
                        : Optional.empty();
            case ACTIVE -> aloneOrAway(sight);
        };
    }

    private Ending endThatThePageShows(Presence presence) {
        return switch (presence) {
            case DENIED ->
                Ending.failed("awaiting_admission_rejected", "Somebody in the meeting denied the request to join.");
            case REMOVED -> Ending.failed("evicted", "Somebody removed the bot from the meeting.");
            default ->
                memory.stage == Stage.ACTIVE
                        ? Ending.completed("left_alone", "The meeting has ended.")
                        : Ending.failed("join_failure", "The meeting ended before the bot was in it.");
        };
    }

    private Optional<Ending> aloneOrAway(Sight sight) {
        if (sight.company()) {
            return Optional.empty();
        }
        if (!sight.shown() && passed(memory.lastShownAt, AWAY, sight)) {
            return Optional.of(
                    Ending.failed("browser_crashed", "The page has not shown the meeting for " + words(AWAY) + "."));
        }
        if (memory.hadCompany && passed(memory.lastCompanyAt, rules.alone(), sight)) {
            return Optional.of(
                    Ending.completed("left_alone", "Everybody else has been gone for " + words(rules.alone()) + "."));
        }
        if (!memory.hadCompany && passed(memory.stageSince, rules.nobodyCame(), sight)) {
            return Optional.of(
                    Ending.completed("left_alone", "Nobody else came within " + words(rules.nobodyCame()) + "."));
        }
        return Optional.empty();
    }

    private static boolean passed(Instant since, Duration limit, Sight sight) {
        return Duration.between(since, sight.at()).compareTo(limit) >= 0;
    }

    private static String words(Duration duration) {
        return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }
}
