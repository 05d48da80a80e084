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

    private final Instant listeningSince;
    private final Map<String, Claim> winners = new HashMap<>();

    /**
     * An empty ledger.
     *
     * @param listeningSince when the reading of the log begins; until everybody has had time to say that they live since
     *     then, an old heartbeat may only mean that the newer ones have not been read yet
     */
    public ClaimLedger(Instant listeningSince) {
        this.listeningSince = listeningSince;
    }

    /** Takes the next record of the log and returns whether it counted. */
    public boolean apply(Claim claim) {
        Claim winner = winners.get(claim.sessionUid());
        boolean counts = winner == null
                || claim.epoch() > winner.epoch()
                || claim.epoch() == winner.epoch() && claim.node().equals(winner.node()) && !winner.released();
        if (counts) {
            winners.put(claim.sessionUid(), claim);
        }
        return counts;
    }

    /** The claim that counts for a session, released or not; empty when nobody has claimed it. */
    public Optional<Claim> winner(String sessionUid) {
        return Optional.ofNullable(winners.get(sessionUid));
    }

    /**
     * Claims that are held but whose node has been silent for longer than {@code patience}, all of which this ledger has
     * listened: their bots are dead.
     */
    public List<Claim> abandoned(Instant now, Duration patience) {
        if (!listeningSince.plus(patience).isBefore(now)) {
            return List.of();
        }
        return winners.values().stream()
                .filter(claim -> !claim.released())
                .filter(claim -> claim.heartbeatAt().plus(patience).isBefore(now))
                .toList();
    }
}
