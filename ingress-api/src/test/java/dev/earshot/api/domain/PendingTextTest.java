package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingTextTest {

    private static final Optional<String> ADA = Optional.of("Ada");

    private final PendingText pending = new PendingText();

    @Test
    void showsTheNewestTextOfATrack() {
        pending.replace(track(2, "Ada", List.of(text("a", "hello there")), Set.of(), Set.of()));

        assertThat(pending.replace(track(1, "Ada", List.of(text("a", "hello")), Set.of(), Set.of())))
                .isEmpty();
        assertThat(shown()).containsExactly("hello there");
    }

    @Test
    void keepsConfirmedText_untilItsEntryIsHere() {
        pending.replace(track(1, "Ada", List.of(text("a", "one")), Set.of(), Set.of()));
        pending.replace(track(2, "Ada", List.of(), Set.of("a"), Set.of()));
        assertThat(shown()).containsExactly("one");
        // The announcement is made once, the text stays through whatever comes after it.
        pending.replace(track(3, "Ada", List.of(text("b", "two")), Set.of(), Set.of()));
        assertThat(shown()).containsExactly("one", "two");

        assertThat(pending.confirm(List.of("a"))).containsExactly(ADA);
        assertThat(shown()).containsExactly("two");
    }

    @Test
    void neverShowsTextAgain_onceItsEntryIsHere() {
        pending.confirm(List.of("a"));
        pending.replace(track(1, "Ada", List.of(text("a", "late")), Set.of(), Set.of()));
        assertThat(shown()).isEmpty();
    }

    @Test
    void deletesWhatIsRetracted() {
        pending.replace(track(1, "Ada", List.of(text("a", "noise")), Set.of(), Set.of()));
        pending.replace(track(2, "Ada", List.of(), Set.of(), Set.of("a")));
        assertThat(shown()).isEmpty();
        assertThat(pending.speakers()).isEmpty();
    }

    @Test
    void tellsBothSpeakers_whenATrackChangesHands() {
        pending.replace(track(1, null, List.of(text("a", "who is it")), Set.of(), Set.of()));
        Set<Optional<String>> changed =
                pending.replace(track(2, "Ada", List.of(text("a", "who is it")), Set.of(), Set.of()));

        assertThat(changed).containsExactlyInAnyOrder(Optional.empty(), ADA);
        assertThat(pending.of(Optional.empty())).isEmpty();
        assertThat(shown()).containsExactly("who is it");
    }

    private List<String> shown() {
        return pending.of(ADA).stream()
                .flatMap(track -> track.pending().stream())
                .map(LiveTrack.Text::text)
                .toList();
    }

    private static LiveTrack track(
            long revision,
            @Nullable String speaker,
            List<LiveTrack.Text> texts,
            Set<String> confirmed,
            Set<String> retracted) {
        return new LiveTrack(1, "s", "s:t0", revision, speaker, null, texts, confirmed, retracted);
    }

    private static LiveTrack.Text text(String id, String text) {
        long start = id.charAt(0) * 1000L;
        return new LiveTrack.Text(id, 1, true, start, start + 900, text, null, List.of(), 0, null, null, null, 0);
    }
}
