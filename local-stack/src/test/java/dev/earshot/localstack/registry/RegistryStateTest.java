package dev.earshot.localstack.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.localstack.registry.RegistryRecord.LevelSet;
import dev.earshot.localstack.registry.RegistryRecord.SchemaStored;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RegistryStateTest {

    private static final Schema INT = Schema.create(Schema.Type.INT);
    private static final Schema LONG = Schema.create(Schema.Type.LONG);

    private final RegistryState state = new RegistryState(Compatibility.BACKWARD);

    @Test
    void decidingChangesNothing() {
        assertThat(state.decideRegistration("s", INT)).isEqualTo(state.decideRegistration("s", INT));
        assertThat(state.live("s")).isEmpty();
    }

    @Test
    void readingTheLogAgainChangesNothing() {
        List<RegistryRecord> log = List.of(
                new SchemaStored("s", 1, 1, INT.toString(), false),
                new SchemaStored("s", 2, 2, LONG.toString(), false),
                new SchemaStored("s", 1, 1, INT.toString(), true),
                new LevelSet("s", Compatibility.NONE));
        log.forEach(state::apply);
        var once = List.of(state.live("s"), state.subjects(true), state.level("s"));
        log.forEach(state::apply);
        assertThat(List.of(state.live("s"), state.subjects(true), state.level("s")))
                .isEqualTo(once);
        assertThat(state.live("s")).extracting(SchemaStored::version).containsExactly(2);
    }

    @Test
    void laterWriteReplacesOneThatWasNeverAcknowledged() {
        state.apply(new SchemaStored("s", 1, 1, INT.toString(), false));
        state.apply(new SchemaStored("s", 1, 1, LONG.toString(), false));
        assertThat(state.textOf(1)).hasValue(LONG.toString());
        assertThat(state.decideRegistration("t", INT).id()).isEqualTo(2);
    }

    @Test
    void directionOfTheRuleDecides() {
        state.apply(new SchemaStored("s", 1, 1, INT.toString(), false));
        assertThat(state.decideRegistration("s", LONG).version()).isEqualTo(2);
        state.apply(new LevelSet("s", Compatibility.FORWARD));
        assertThatThrownBy(() -> state.decideRegistration("s", LONG))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("incompatible");
        state.apply(new LevelSet("s", null));
        assertThat(state.level("s")).isEqualTo(Compatibility.BACKWARD);
    }

    @Test
    void onlyTransitiveRulesLookFurtherBackThanTheLatest() {
        List<Schema> history = List.of(INT, LONG);
        assertThat(Compatibility.NONE.relevant(history)).isEmpty();
        assertThat(Compatibility.FULL.relevant(history)).containsExactly(LONG);
        assertThat(Compatibility.FULL_TRANSITIVE.relevant(history)).isEqualTo(history);
    }
}
