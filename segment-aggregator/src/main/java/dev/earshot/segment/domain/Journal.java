package dev.earshot.segment.domain;

import dev.earshot.segment.domain.Output.Content;
import dev.earshot.segment.domain.Output.Entry;
import dev.earshot.segment.domain.Output.Filtered;
import dev.earshot.segment.domain.Output.Ignored;
import dev.earshot.segment.domain.Output.LiveTrack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the decisions of one step and numbers those that stay. Lives as long as the step. */
final class Journal {

    private final Instant at;
    private final List<Output> outputs = new ArrayList<>();
    private final Set<String> entered = new HashSet<>();
    private long nextSeq;

    Journal(long nextSeq, Instant at) {
        this.nextSeq = nextSeq;
        this.at = at;
    }

    void enter(Content content) {
        outputs.add(new Entry(nextSeq++, at, content));
        entered.add(content.id());
    }

    void show(LiveTrack track) {
        outputs.add(track);
    }

    void filter(Hypothesis said, TextFilter.Objection objection) {
        outputs.add(new Filtered(said, objection));
    }

    void ignore(Ignored.Reason reason) {
        outputs.add(new Ignored(reason));
    }

    boolean hasEntered(String id) {
        return entered.contains(id);
    }

    long nextSeq() {
        return nextSeq;
    }

    List<Output> outputs() {
        return List.copyOf(outputs);
    }
}
