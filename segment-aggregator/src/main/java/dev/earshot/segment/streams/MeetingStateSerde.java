package dev.earshot.segment.streams;

import dev.earshot.segment.domain.MeetingState;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The state of a meeting in the store and its changelog: a byte that names the form, then the components in a fixed order.
 *
 * <p>The rule: what a form holds never changes; another component is another form. Every form there ever was is read, and the
 * newest is written, so an upgrade needs nothing. A form that is not known was written by a newer version: reading it throws
 * IllegalStateException, since a state understood by half would confirm wrong text. Thread-safe.
 *
 * <p>Written by hand because it is written at each step: by reflection it takes a multiple of the time ({@code
 * MeetingStateBenchmark}), and with names in it three times the bytes (the state in the tests: 397).
 */
public final class MeetingStateSerde implements Serde<MeetingState> {

    private static final int FORM = 1;

    @Override
    public Serializer<MeetingState> serializer() {
        return (topic, state) -> write(state);
    }

    @Override
    public Deserializer<MeetingState> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    private static byte @Nullable [] write(@Nullable MeetingState state) {
        if (state == null) {
            return null;
        }
        var out = new StateOutput();
        out.number(FORM);
        new StateWriter(out).meeting(state);
        return out.toByteArray();
    }

    private static @Nullable MeetingState read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        var in = new StateInput(bytes);
        long form = in.number();
        if (form != FORM) {
            throw new IllegalStateException("state of a meeting in form " + form + " (expected: at most " + FORM
                    + "); a newer version wrote it: start that one, or one newer still");
        }
        MeetingState state = new StateReader(in).meeting();
        if (!in.isEnd()) {
            throw new IllegalStateException("state of a meeting: more bytes than form " + form + " accounts for");
        }
        return state;
    }
}
