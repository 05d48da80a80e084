package dev.earshot.bot.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who runs which session, by the log of claims: of the claims with the highest epoch, the first in the log wins; later ones
 * by the same node are its heartbeats and its release. Every node that has read the same log knows the same winners. Not
 * thread-safe.
 */
public final class ClaimLedger {

    /** One record of the log. */
    public record Claim(
            String meetingId, String sessionUid, String node, long epoch, boolean released, Instant heartbeatAt) {}

    /** A claim that counts, and when this node read it. */
    private record Held(Claim claim, Instant readAt) {}

    private final Map<String, Held> winners = new HashMap<>();

    /**
     * Takes the next record of the log and returns whether it counted.
     *
     * @param readAt this node's clock, the only one that may tell how long another node has been silent: theirs may be slow.
     *     A record of a time before this node started counts from when it was read, for newer ones may follow
     */
    public boolean apply(Claim claim, Instant readAt) {
        Claim winner = winner(claim.sessionUid()).orElse(null);
        boolean counts = winner == null
                || claim.epoch() > winner.epoch()
                || claim.epoch() == winner.epoch() && claim.node().equals(winner.node()) && !winner.released();
        if (counts) {
            winners.put(claim.sessionUid(), new Held(claim, readAt));
        }
        return counts;
    }

    /** The claim that counts for a session, released or not; empty when nobody has claimed it. */
    public Optional<Claim> winner(String sessionUid) {
        return Optional.ofNullable(winners.get(sessionUid)).map(Held::claim);
    }

    /**
     * Claims that are held but of whose node nothing was read for longer than {@code patience}: their bots are dead.
     *
     * @param listeningSince see {@link Listening}: before that silence means nothing
     */
    public List<Claim> abandoned(Instant now, Duration patience, Instant listeningSince) {
        if (!listeningSince.plus(patience).isBefore(now)) {
            return List.of();
        }
        return winners.values().stream()
                .filter(held -> held.readAt().plus(patience).isBefore(now))
                .map(Held::claim)
                .filter(claim -> !claim.released())
                .toList();
    }
}
