package dev.earshot.bot.domain;

import static dev.earshot.bot.domain.Roster.Change.JOINED;
import static dev.earshot.bot.domain.Roster.Change.LEFT;
import static dev.earshot.bot.domain.Roster.Change.NAME_CHANGED;
import static dev.earshot.bot.domain.Roster.Change.STARTED_SPEAKING;
import static dev.earshot.bot.domain.Roster.Change.STOPPED_SPEAKING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {

    private Roster roster = Roster.empty();

    @Test
    void tellsWhatChanged_andNothingElse() {
        assertThat(see(new Person("1", "Ann", false))).containsExactly(JOINED);
        assertThat(see(new Person("1", "Ann", false))).isEmpty();
        assertThat(see(new Person("1", "Ann", true))).containsExactly(STARTED_SPEAKING);
        assertThat(see(new Person("1", "Anna", true))).containsExactly(NAME_CHANGED);
        assertThat(see(new Person("1", "Anna", false), new Person("2", "Bob", true)))
                .containsExactly(STOPPED_SPEAKING, JOINED, STARTED_SPEAKING);
        assertThat(see(new Person("1", "Anna", false))).containsExactly(STOPPED_SPEAKING, LEFT);
        assertThat(roster.size()).isEqualTo(1);
    }

    private List<Roster.Change> see(Person... people) {
        Roster.Update update = roster.see(List.of(people));
        roster = update.roster();
        return update.happenings().stream().map(Roster.Happening::change).toList();
    }
}
