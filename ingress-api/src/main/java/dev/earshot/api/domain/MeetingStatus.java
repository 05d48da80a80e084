package dev.earshot.api.domain;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a meeting's bot stands, and which standing may follow which. Terminal once {@link #isTerminal()}. */
public enum MeetingStatus {
    REQUESTED,
    JOINING,
    AWAITING_ADMISSION,
    NEEDS_HUMAN_HELP,
    ACTIVE,
    STOPPING,
    COMPLETED,
    FAILED;

    private static final Set<MeetingStatus> END = EnumSet.of(STOPPING, COMPLETED, FAILED);

    private static final Map<MeetingStatus, Set<MeetingStatus>> MOVES = Map.of(
            REQUESTED, with(JOINING),
            JOINING, with(AWAITING_ADMISSION, ACTIVE, NEEDS_HUMAN_HELP),
            AWAITING_ADMISSION, with(ACTIVE, NEEDS_HUMAN_HELP),
            NEEDS_HUMAN_HELP, with(ACTIVE),
            ACTIVE, END,
            STOPPING, EnumSet.of(COMPLETED, FAILED),
            COMPLETED, EnumSet.noneOf(MeetingStatus.class),
            FAILED, EnumSet.noneOf(MeetingStatus.class));

    private static Set<MeetingStatus> with(MeetingStatus... further) {
        EnumSet<MeetingStatus> moves = EnumSet.copyOf(END);
        moves.addAll(Arrays.asList(further));
        return moves;
    }

    /** The status of that name on the wire ({@code awaiting_admission}); empty for any other text. */
    public static Optional<MeetingStatus> of(String wire) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(wire))
                .findFirst();
    }

    /** Lower-case name, as in the API, in Postgres and on the topics. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean canMoveTo(MeetingStatus next) {
        return MOVES.getOrDefault(this, Set.of()).contains(next);
    }

    public boolean isTerminal() {
        return this == COMPLETED || this == FAILED;
    }

    /** Whether a second bot for the same meeting must be refused and the first one counts against the quota. */
    public boolean isLive() {
        return !isTerminal() && this != STOPPING;
    }
}
