package dev.earshot.asr;

import dev.earshot.asr.port.AsrEvents;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a piece of work going: after a failure it is dropped and begun anew, after a pause that doubles while it does not hold,
 * for as long as the loop lives. A beginning that throws is a failure like any other. Called on the loop; {@link #trouble} from
 * anywhere.
 */
final class Restarts {

    /** What is begun again and again. */
    interface Work {

        /** Begins; what it throws comes back as {@link Restarts#failed}. */
        void begin();

        /** Forgets everything, so that it can begin anew. */
        void drop();
    }

    private static final Logger log = LoggerFactory.getLogger(Restarts.class);

    /** Work that went on for so long holds: its next failure is another one. */
    private static final Duration HOLDS = Duration.ofMinutes(1);
    /** 2 s, 4 s, … 32 s: a broker that is away for long is asked no oftener. */
    private static final int MOST_DOUBLINGS = 4;

    private final Duration firstPause;
    private final TrackLoop loop;
    private final Work work;
    private final AsrEvents events;
    private Instant begunAt = Instant.EPOCH;
    private int doublings;
    private boolean pausing;

    private volatile @Nullable String trouble = "not yet begun";

    Restarts(Duration firstPause, TrackLoop loop, Work work, AsrEvents events) {
        this.firstPause = firstPause;
        this.loop = loop;
        this.work = work;
        this.events = events;
    }

    void begin() {
        pausing = false;
        begunAt = Instant.now();
        work.begin();
        trouble = null;
    }

    /** Once per beginning; failures of what is already dropped say nothing new. */
    void failed(Throwable reason) {
        if (pausing) {
            return;
        }
        pausing = true;
        if (begunAt.plus(HOLDS).isBefore(Instant.now())) {
            doublings = 0;
        }
        Duration pause = firstPause.multipliedBy(1L << doublings);
        doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
        trouble = reason.toString();
        log.error("pipeline_restarts after={} reason=\"{}\"", pause, reason.toString(), reason);
        events.restarted();
        work.drop();
        loop.after(pause, this::begin);
    }

    /** What the work last failed of; null while it goes on. */
    @Nullable
    String trouble() {
        return trouble;
    }
}
