package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookEventTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    @Test
    void namesTheSameThingTheSame_andDifferentThingsDifferently() {
        List<WebhookEvent> events = completed("s1");
        assertThat(events).extracting(WebhookEvent::type).containsExactly("meeting.status_change", "meeting.completed");
        assertThat(events)
                .extracting(WebhookEvent::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("evt_[0-9a-f]{32}"));
        assertThat(completed("s1"))
                .extracting(WebhookEvent::id)
                .isEqualTo(events.stream().map(WebhookEvent::id).toList());
        assertThat(completed("s2"))
                .extracting(WebhookEvent::id)
                .doesNotContainAnyElementsOf(
                        events.stream().map(WebhookEvent::id).toList());
        // sha256("s1|meeting.completed|completed")
        assertThat(events.get(1).id()).isEqualTo("evt_19449628859150b68e5c39647fc3dd8d");
    }

    @Test
    void tellsTheMeeting_withoutWhatIsOursAlone() {
        Map<String, Object> envelope = completed("s1").get(1).envelope();
        assertThat(envelope).containsOnlyKeys("event_id", "event_type", "api_version", "created_at", "data");
        assertThat(envelope).containsEntry("api_version", "2026-03-01").containsEntry("created_at", NOW.toString());
        assertThat(envelope.get("data"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("meeting", "status_change");
        String text = envelope.toString();
        assertThat(text).contains("status=completed", "native_meeting_id=123", "from=active", "transition_source=bot");
        assertThat(text).doesNotContain("hush").doesNotContain("swept_at").doesNotContain("container");
    }

    @Test
    void triesThreeTimesAtOnce_thenEverMoreSeldom_forADay() {
        assertThat(pauses(1, Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pauses(2, Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pauses(3, Duration.ZERO)).isEqualTo(Duration.ofSeconds(60));
        assertThat(pauses(4, Duration.ZERO)).isEqualTo(Duration.ofSeconds(300));
        assertThat(pauses(5, Duration.ZERO)).isEqualTo(Duration.ofSeconds(1800));
        assertThat(pauses(6, Duration.ZERO)).isEqualTo(Duration.ofSeconds(7200));
        assertThat(pauses(9, Duration.ZERO)).isEqualTo(Duration.ofSeconds(7200));
        assertThat(pauses(1, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(WebhookRetries.next(3, NOW, NOW, Duration.ZERO, 1.0)).contains(NOW.plusSeconds(66));
        Instant late = NOW.plus(Duration.ofHours(23));
        assertThat(WebhookRetries.next(9, NOW, late, Duration.ZERO, 0)).isEmpty();
        assertThat(WebhookRetries.next(1, NOW, NOW, Duration.ofHours(25), 0)).isEmpty();
    }

    @Test
    void knowsWhatAUserWantsToBeTold() {
        WebhookSettings settings = WebhookSettings.of(Map.of(
                        "webhook_url", "https://example.com/hook",
                        "webhook_secret", "hush",
                        "webhook_events", Map.of("meeting.completed", false, "bot.failed", true)))
                .orElseThrow();
        assertThat(settings.wants("bot.failed")).isTrue();
        assertThat(settings.wants("meeting.completed")).isFalse();
        assertThat(settings.wants("meeting.started")).isFalse();
        assertThat(settings.toString()).doesNotContain("hush").doesNotContain("/hook");
        assertThat(WebhookSettings.of(Map.of("webhook_url", "https://example.com"))
                        .orElseThrow()
                        .wants("meeting.completed"))
                .isTrue();
        assertThat(WebhookSettings.of(Map.of())).isEqualTo(Optional.empty());
        for (String odd : List.of("http://0x7f.1/", "http://127.1/", "https://a:b@example.com", "file:///etc/passwd")) {
            assertThat(WebhookSettings.of(Map.of("webhook_url", odd))).as(odd).isEqualTo(Optional.empty());
        }
    }

    private static Duration pauses(int attempts, Duration asked) {
        return Duration.between(
                NOW, WebhookRetries.next(attempts, NOW, NOW, asked, 0).orElseThrow());
    }

    private static List<WebhookEvent> completed(String session) {
        var before = new Meeting(
                7,
                1,
                "zoom",
                "123",
                MeetingStatus.ACTIVE,
                "container",
                NOW,
                null,
                Map.of("webhook_secret", "hush", "swept_at", "x", "name", "Standup"),
                NOW,
                NOW);
        var change = new StatusChange(MeetingStatus.COMPLETED, NOW, "bot", "left_alone", null);
        return WebhookEvent.of(before.status(), before.moved(change).orElseThrow(), change, session);
    }
}
