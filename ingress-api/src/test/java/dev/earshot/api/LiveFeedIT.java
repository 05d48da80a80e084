package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.api.EventStream.Event;
import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import dev.earshot.schema.avro.MeetingEventType;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LiveFeedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TestApi api = TestApi.shared();
    private final Account account = api.account(5);

    @Test
    void showsTextAsItChanges_thenForGood_thenEnds() throws Exception {
        long meeting = api.meeting(account, "live-words");
        try (var writer = TranscriptWriter.of(api, meeting);
                var stream = EventStream.open(api.url("/meetings/" + meeting + "/events"), account.key(), 0)) {
            writer.begin();
            writer.status("active", null);
            writer.live("t0", "Ada", List.of(writer.text("t0", 0, 900, "hello", false)), List.of());
            await().atMost(PATIENCE).until(() -> pendingTexts(stream).contains("hello"));
            writer.live("t0", "Ada", List.of(writer.text("t0", 0, 1500, "hello world", true)), List.of());
            // Confirmed text is another topic and may be read first.
            await().atMost(PATIENCE).until(() -> pendingTexts(stream).contains("hello world"));
            writer.live("t0", "Ada", List.of(), List.of(writer.segmentId("t0", 0)));
            long seq = writer.say("t0", "Ada", 0, 1500, "hello world");
            await().atMost(PATIENCE).until(() -> stream.withId().size() == 2);
            Event confirmed = stream.withId().get(1);
            assertThat(confirmed.id()).isEqualTo(Long.toString(seq));
            assertThat(confirmed.type()).isEqualTo("transcript");
            assertThat(confirmed.data().path("speaker").asString()).isEqualTo("Ada");
            assertThat(confirmed.data().path("confirmed").get(0).path("text").asString())
                    .isEqualTo("hello world");
            assertThat(confirmed.data().path("pending")).isEmpty();
            // The record that took the text from pending to confirmed did not make it vanish meanwhile.
            assertThat(lastPendingBefore(stream, confirmed)).isEqualTo("hello world");

            writer.end();
            assertThat(stream.endsWithin(20)).isTrue();
            assertThat(stream.withId()).extracting(Event::type).endsWith("transcript.complete", "meeting.status");
            long last = lastId(stream);
            Answer again = api.get(account, "/meetings/" + meeting + "/events?after=" + last);
            assertThat(again.status()).isEqualTo(204);
        }
    }

    @Test
    void readsFromPostgresWhatTheTopicLeftOut() {
        long meeting = api.meeting(account, "left-out");
        try (var writer = TranscriptWriter.of(api, meeting);
                var stream = EventStream.open(api.url("/meetings/" + meeting + "/events"), account.key(), 0)) {
            writer.say("t0", "Ada", 0, 900, "one");
            await().atMost(PATIENCE).until(() -> stream.withId().size() == 1);
            var lost = writer.speech("t0", "Ada", 1000, 1900, "two");
            writer.say("t0", "Ada", 2000, 2900, "three");
            writer.insert(lost);
            await().atMost(PATIENCE).until(() -> stream.withId().size() == 3);
            assertThat(stream.withId()).extracting(Event::id).containsExactly("1", "2", "3");
        }
    }

    @Test
    void waitsForRowsThatLagBehindTheTopic_whenAViewerComesLate() {
        long meeting = api.meeting(account, "lagging");
        try (var writer = TranscriptWriter.of(api, meeting);
                var first = EventStream.open(api.url("/meetings/" + meeting + "/events"), account.key(), 0)) {
            var one = writer.speech("t0", "Ada", 0, 900, "one");
            writer.publish(one);
            await().atMost(PATIENCE).until(() -> first.withId().size() == 1);
            try (var late = EventStream.open(api.url("/meetings/" + meeting + "/events"), account.key(), 0)) {
                await().atMost(PATIENCE).until(() -> late.withId().size() == 1);
            }
            writer.insert(one);
        }
    }

    @Test
    void showsPendingTextAndGaps_overRest() {
        long meeting = api.meeting(account, "rest-view");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            writer.say("t0", "Ada", 0, 900, "said");
            writer.gap("t0", 1000, 1500, "overload");
            writer.live("t0", "Ada", List.of(writer.text("t0", 2000, 2500, "being said", false)), List.of());
            Answer answer = api.get(account, "/transcripts/demo/rest-view");
            assertThat(texts(answer.body().path("segments"))).containsExactly("said", "being said");
            JsonNode pending = answer.body().path("segments").get(1);
            assertThat(pending.path("completed").asBoolean()).isFalse();
            assertThat(pending.path("absolute_start_time").asString()).endsWith("Z");
            assertThat(answer.body().path("gaps").get(0).path("reason").asString())
                    .isEqualTo("overload");
            Answer later = api.get(
                    account,
                    "/transcripts/demo/rest-view?after="
                            + answer.body().path("cursor").asLong());
            assertThat(texts(later.body().path("segments"))).containsExactly("being said");
        }
    }

    @Test
    void goesOnAfterTheMeeting_whileItsTranscriptIsBeingWritten() throws Exception {
        long meeting = api.meeting(account, "lags-behind");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            writer.begin();
            writer.event(MeetingEventType.STATUS_CHANGED, "completed", "stopped");
            writer.status("completed", "stopped");
            await().atMost(PATIENCE).until(() -> !api.get(account, "/meetings/" + meeting)
                    .body()
                    .path("end_time")
                    .isNull());
            endedAgo(meeting, "5 minutes");
            try (var stream = EventStream.open(api.url("/meetings/" + meeting + "/events"), account.key(), 0)) {
                assertThat(stream.endsWithin(2)).isFalse();
                writer.say("t0", "Ada", 0, 900, "recognised late");
                await().atMost(PATIENCE).until(() -> stream.withId().size() == 2);
                writer.complete();
                assertThat(stream.endsWithin(20)).isTrue();
            }
        }
        long silent = api.meeting(account, "never-whole");
        try (var writer = TranscriptWriter.of(api, silent)) {
            writer.begin();
            writer.event(MeetingEventType.STATUS_CHANGED, "completed", "stopped");
            await().atMost(PATIENCE).until(() -> !api.get(account, "/meetings/" + silent)
                    .body()
                    .path("end_time")
                    .isNull());
        }
        endedAgo(silent, "16 minutes");
        assertThat(api.get(account, "/meetings/" + silent + "/events").status()).isEqualTo(204);
    }

    private void endedAgo(long meeting, String time) {
        api.sql("update earshot.meetings set end_time = now() - interval '" + time + "' where id = " + meeting);
    }

    @Test
    void opensWithAStreamTokenOnly_whenItIsForThatMeeting() {
        long meeting = api.meeting(account, "token");
        long other = api.meeting(account, "other");
        String token = api.post(account, "/meetings/" + meeting + "/stream-token", "")
                .body()
                .path("token")
                .asString();
        try (var stream = EventStream.open(api.url("/meetings/" + meeting + "/events?token=" + token), "", 0)) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            assertThat(stream.response().headers().firstValue("Content-Type"))
                    .hasValue("text/event-stream;charset=UTF-8");
            assertThat(stream.response().headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(stream.response().headers().firstValue("X-Accel-Buffering"))
                    .hasValue("no");
            await().atMost(PATIENCE).until(() -> stream.events().stream()
                    .anyMatch(event -> event.type().equals("stream.token")));
        }
        Answer file = api.send("GET", api.url("/transcripts/demo/token/export?token=" + token), "", "", null);
        assertThat(file.status()).isEqualTo(200);
        for (String wrong :
                List.of("demo/other/export?token=" + token, "demo/token/export?token=x", "demo/token/export")) {
            assertThat(api.send("GET", api.url("/transcripts/" + wrong), "", "", null)
                            .status())
                    .as(wrong)
                    .isEqualTo(401);
        }
        String elsewhere = api.url("/meetings/" + other + "/events?token=" + token);
        assertThat(api.send("GET", elsewhere, "X-API-Key", "", null).status()).isEqualTo(401);
        String notAFeed = api.url("/meetings/" + meeting + "?token=" + token);
        assertThat(api.send("GET", notAFeed, "X-API-Key", "", null).status()).isEqualTo(401);
        Account stranger = api.account(1);
        assertThat(api.get(stranger, "/meetings/" + meeting + "/events").status())
                .isEqualTo(404);
    }

    private static List<String> texts(JsonNode segments) {
        return StreamSupport.stream(segments.spliterator(), false)
                .map(segment -> segment.path("text").asString())
                .toList();
    }

    private static List<String> pendingTexts(EventStream stream) {
        return stream.events().stream()
                .flatMap(event -> texts(event.data().path("pending")).stream())
                .toList();
    }

    private static String lastPendingBefore(EventStream stream, Event event) {
        List<Event> events = stream.events();
        List<String> texts = texts(events.get(events.indexOf(event) - 1).data().path("pending"));
        return String.join(" ", texts);
    }

    private static long lastId(EventStream stream) {
        List<Event> events = stream.withId();
        return Long.parseLong(events.get(events.size() - 1).id());
    }
}
