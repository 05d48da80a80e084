package dev.earshot.bot.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.bot.domain.Person;
import dev.earshot.bot.domain.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageMessagesTest {

    private final List<PageMessage> accepted = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void readsBursts() {
        read("a|2|7|1767225600000500|1|AQD//w==");

        assertThat(accepted).singleElement().isInstanceOfSatisfying(PageMessage.Burst.class, burst -> {
            assertThat(burst.track()).isEqualTo(2);
            assertThat(burst.sequence()).isEqualTo(7);
            assertThat(burst.capturedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.000500Z"));
            assertThat(burst.lostSamples()).isEqualTo(1);
            assertThat(burst.samples()).containsExactly((short) 1, (short) -1);
        });
    }

    @Test
    void readsWhatElseThePageSays() {
        read(String.join(
                "\n",
                "j|{\"type\":\"track\",\"track\":0,\"id\":\"x\",\"source\":\"peer\"}",
                "j|{\"type\":\"owner\",\"track\":0,\"participant\":\"p1\"}",
                "j|{\"type\":\"people\",\"at\":1000.5,\"people\":[{\"id\":\"p1\",\"name\":\"Ann\",\"speaking\":true}]}",
                "j|{\"type\":\"presence\",\"presence\":\"in_call\"}",
                "j|{\"type\":\"presence\",\"presence\":null}",
                "j|{\"type\":\"beat\",\"tracks\":1,\"unsent\":0,\"errors\":[\"e\"]}",
                "j|{\"type\":\"ended\",\"track\":0}"));

        assertThat(refused).isEmpty();
        assertThat(accepted)
                .containsExactly(
                        new PageMessage.TrackFound(0, "x", "peer"),
                        new PageMessage.TrackOwned(0, "p1"),
                        new PageMessage.People(
                                Instant.ofEpochSecond(1, 500_000), List.of(new Person("p1", "Ann", true))),
                        new PageMessage.PresenceSeen(Presence.IN_CALL),
                        new PageMessage.PresenceSeen(Presence.UNKNOWN),
                        new PageMessage.Beat(1, 0, List.of("e")),
                        new PageMessage.TrackEnded(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "a|",
                "a|0|0|0|0|",
                "a|0|0|0|3|AQD//w==",
                "a|0|0|0|-1|AQD//w==",
                "a|x|0|0|0|AQD//w==",
                "a|0|0|0|0|***",
                "j|",
                "j|[]",
                "j|{\"type\":\"coffee\"}",
                "j|{\"type\":\"presence\",\"presence\":\"asleep\"}",
                "j|{\"type\":\"people\",\"at\":0,\"people\":[{}]}"
            })
    void refusesNonsense_andReadsOn(String line) {
        read(line + "\nj|{\"type\":\"ended\",\"track\":0}");

        assertThat(refused).hasSize(1);
        assertThat(accepted).containsExactly(new PageMessage.TrackEnded(0));
    }

    @Test
    void makesTextHarmless() {
        read("j|{\"type\":\"owner\",\"track\":0,\"participant\":\"a\\r\\nb\\u0000c\\u001b[1m\\u0085é\"}");
        read("j|{\"type\":\"beat\",\"tracks\":0,\"unsent\":0,\"errors\":[\"" + "x".repeat(100_000) + "\"]}");
        read(people("n".repeat(199) + "\uD83D\uDE00", 1));

        assertThat(accepted)
                .containsExactly(
                        new PageMessage.TrackOwned(0, "a  b c [1m é"),
                        new PageMessage.Beat(0, 0, List.of("x".repeat(200))),
                        new PageMessage.People(Instant.EPOCH, List.of(new Person("p", "n".repeat(199), false))));
    }

    @Test
    void makesTextOfRefusalsHarmless() {
        read("j|{\"type\":\"a\\nb" + "x".repeat(1_000) + "\"}");

        assertThat(refused)
                .singleElement()
                .satisfies(why -> assertThat(why).hasSize(200).doesNotContain("\n"));
    }

    @Test
    void refusesListsOfMoreThanAThousand() {
        read(people("Ann", 1_000));
        read(people("Ann", 1_001));

        assertThat(accepted).hasSize(1);
        assertThat(refused).hasSize(1);
    }

    private static String people(String name, int count) {
        String person = "{\"id\":\"p\",\"name\":\"" + name + "\",\"speaking\":false}";
        return "j|{\"type\":\"people\",\"at\":0,\"people\":[" + String.join(",", Collections.nCopies(count, person))
                + "]}";
    }

    private void read(String call) {
        PageMessages.read(call, accepted::add, refused::add);
    }
}
