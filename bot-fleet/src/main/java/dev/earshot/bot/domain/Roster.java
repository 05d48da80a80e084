package dev.earshot.bot.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is in the room: tells what changed from one look at the page to the next. Immutable. */
public final class Roster {

    /** What a participant did between two looks. */
    public enum Change {
        JOINED,
        LEFT,
        STARTED_SPEAKING,
        STOPPED_SPEAKING,
        NAME_CHANGED
    }

    /** One change, with the participant as they are after it. */
    public record Happening(Change change, Person person) {}

    /** The roster after a look, and what happened since the look before it, in a sensible order. */
    public record Update(Roster roster, List<Happening> happenings) {}

    private static final Roster EMPTY = new Roster(Map.of());

    private final Map<String, Person> people;

    private Roster(Map<String, Person> people) {
        this.people = people;
    }

    /** Nobody. */
    public static Roster empty() {
        return EMPTY;
    }

    /** How many are here. */
    public int size() {
        return people.size();
    }

    /** Takes everybody whom the page shows now. Of two with one id the last counts. */
    public Update see(List<Person> shown) {
        Map<String, Person> now = new LinkedHashMap<>();
        shown.forEach(person -> now.put(person.id(), person));
        List<Happening> happenings = new ArrayList<>();
        for (Person before : people.values()) {
            if (!now.containsKey(before.id())) {
                leave(before, happenings);
            }
        }
        for (Person person : now.values()) {
            Person before = people.get(person.id());
            if (before == null) {
                happenings.add(new Happening(Change.JOINED, person));
            } else if (!before.name().equals(person.name())) {
                happenings.add(new Happening(Change.NAME_CHANGED, person));
            }
            if (person.speaking() != (before != null && before.speaking())) {
                happenings.add(
                        new Happening(person.speaking() ? Change.STARTED_SPEAKING : Change.STOPPED_SPEAKING, person));
            }
        }
        return new Update(new Roster(now), List.copyOf(happenings));
    }

    private static void leave(Person person, List<Happening> happenings) {
        if (person.speaking()) {
            happenings.add(new Happening(Change.STOPPED_SPEAKING, new Person(person.id(), person.name(), false)));
        }
        happenings.add(new Happening(Change.LEFT, person));
    }
}
