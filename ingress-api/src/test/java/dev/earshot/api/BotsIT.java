package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.avro.BotCommand;
import dev.earshot.schema.avro.BotCommandType;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestApi api = TestApi.shared();

    @Test
    void sendsABot_andTellsTheFleet() {
        Account account = api.account(2);

        Answer bot = api.post(
                account,
                "/bots",
                "{\"platform\":\"google_meet\",\"native_meeting_id\":\"abc-defg-hij\",\"language\":\"en\","
                        + "\"automatic_leave\":{\"max_bot_time\":60000}}");

        assertThat(bot.status()).isEqualTo(201);
        assertThat(bot.body().propertyNames())
                .containsExactly(
                        "id",
                        "user_id",
                        "platform",
                        "native_meeting_id",
                        "constructed_meeting_url",
                        "status",
                        "bot_container_id",
                        "start_time",
                        "end_time",
                        "completion_reason",
                        "failure_stage",
                        "data",
                        "created_at",
                        "updated_at");
        assertThat(bot.body().path("status").asString()).isEqualTo("requested");
        assertThat(bot.body().path("constructed_meeting_url").asString())
                .isEqualTo("https://meet.google.com/abc-defg-hij");
        assertThat(bot.body().path("data").path("bot_name").asString()).matches("Earshot-[0-9a-f]{6}");
        String meeting = bot.body().path("id").asString();
        BotCommand join = command(meeting, BotCommandType.JOIN);
        assertThat(join.getMeetingUrl()).isEqualTo("https://meet.google.com/abc-defg-hij");
        assertThat(join.getBotName())
                .isEqualTo(bot.body().path("data").path("bot_name").asString());
        assertThat(join.getLanguage()).isEqualTo("en");
        assertThat(join.getMaxBotTimeMs()).isEqualTo(60_000);
        assertThat(event(meeting, "requested").getSessionUid()).isEqualTo(join.getSessionUid());

        Answer twice =
                api.post(account, "/bots", "{\"platform\":\"google_meet\",\"native_meeting_id\":\"abc-defg-hij\"}");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.detail())
                .isEqualTo("An active or requested meeting already exists for this platform and meeting ID");
    }

    @Test
    void keepsToTheQuota_whenEverybodyAsksAtOnce() {
        Account account = api.account(3);
        try (var threads = new Threads(16)) {
            List<CompletableFuture<Answer>> asked = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> ask(account, "zoom", "90000000" + (10 + i)), threads.pool))
                    .toList();
            Map<Integer, Long> statuses = asked.stream()
                    .map(CompletableFuture::join)
                    .collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
            assertThat(statuses).containsExactlyInAnyOrderEntriesOf(Map.of(201, 3L, 403, 37L));
        }
        assertThat(ask(account, "zoom", "9000000099").detail()).isEqualTo("Concurrent bot limit reached (3/3).");
        assertThat(ask(api.account(0), "zoom", "9000000099").detail())
                .isEqualTo("Concurrent bot quota is depleted (limit is 0)."
                        + " Contact your administrator to increase it.");
    }

    @Test
    void sendsOneBot_whenTheSameMeetingIsAskedForAtOnce() {
        Account account = api.account(50);
        try (var threads = new Threads(8)) {
            List<Integer> statuses = IntStream.range(0, 16)
                    .mapToObj(
                            i -> CompletableFuture.supplyAsync(() -> ask(account, "zoom", "7000000000"), threads.pool))
                    .toList()
                    .stream()
                    .map(asked -> asked.join().status())
                    .toList();
            assertThat(statuses).containsOnlyOnce(201).allMatch(status -> status == 201 || status == 409);
        }
    }

    @Test
    @SuppressWarnings("checkstyle:MethodLength") // One story, told in its order.
    void callsABotBack_andTheMeetingEnds() {
        Account account = api.account(1);
        long meeting = ask(account, "zoom", "8000000001").body().path("id").asLong();
        try (var bot = TranscriptWriter.of(api, meeting)) {
            bot.event(MeetingEventType.STATUS_CHANGED, "joining", null);
            bot.event(MeetingEventType.STATUS_CHANGED, "active", null);
            awaitStatus(account, meeting, "active");
            audioBesideTheBot(meeting);

            assertThat(reconfigure(account, "/bots/zoom/8000000001", "{\"language\":\"de\",\"task\":\"Translate\"}"))
                    .isEqualTo("Reconfiguration request accepted and sent to the bot.");
            BotCommand change = command(Long.toString(meeting), BotCommandType.RECONFIGURE);
            assertThat(change.getSessionUid()).isEqualTo(bot.session());
            assertThat(change.getLanguage()).isEqualTo("de");
            assertThat(change.getTask()).isEqualTo("translate");
            reconfigure(account, "/bots/zoom/8000000001", "{\"language\":null}");
            reconfigure(account, "/bots/zoom/8000000001", "{\"language\":\"fr\"}");
            assertThat(commands(Long.toString(meeting), BotCommandType.RECONFIGURE, 3))
                    .extracting(BotCommand::getLanguage, BotCommand::getTask)
                    .containsExactly(tuple("de", "translate"), tuple(null, "translate"), tuple("fr", "translate"));

            Answer stop = api.delete(account, "/bots/zoom/8000000001");
            assertThat(stop.status()).isEqualTo(202);
            assertThat(stop.body().path("message").asString())
                    .isEqualTo("Stop request accepted and is being processed.");
            Answer stopping = api.get(account, "/meetings/" + meeting);
            assertThat(stopping.body().path("status").asString()).isEqualTo("stopping");
            assertThat(stopping.body().path("data").path("stop_requested").asBoolean())
                    .isTrue();
            assertThat(command(Long.toString(meeting), BotCommandType.LEAVE).getSessionUid())
                    .isEqualTo(bot.session());
            // The place is free again, though the old bot has not left yet.
            assertThat(ask(account, "zoom", "8000000002").status()).isEqualTo(201);

            bot.event(MeetingEventType.STATUS_CHANGED, "completed", "stopped");
            awaitStatus(account, meeting, "completed");
        }
        Answer over = api.get(account, "/meetings/" + meeting);
        assertThat(over.body().path("completion_reason").asString()).isEqualTo("stopped");
        assertThat(over.body().path("start_time").asString()).isNotEmpty();
        assertThat(over.body().path("data").path("status_transition")).hasSize(4);
        assertThat(over.body().path("data").path("language").asString()).isEqualTo("fr");
        Answer events = api.get(account, "/bots/zoom/8000000001/events?limit=3");
        assertThat(events.body().path("count").asInt()).isEqualTo(3);
        assertThat(events.body().path("events"))
                .extracting(event -> event.path("to").asString())
                .containsExactly("completed", "stopping", "active");
        assertThat(api.delete(account, "/bots/zoom/8000000001")
                        .body()
                        .path("message")
                        .asString())
                .isEqualTo("Meeting already completed.");
        Answer none = api.delete(account, "/bots/zoom/8999999999");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.detail()).isEqualTo("No meeting found to stop.");
    }

    @Test
    void failsAMeeting_whenNoBotEverAnswers() {
        Account account = api.account(2);
        long unanswered = ask(account, "zoom", "8100000001").body().path("id").asLong();
        long stopped = ask(account, "zoom", "8100000002").body().path("id").asLong();
        api.delete(account, "/bots/zoom/8100000002");

        awaitStatus(account, unanswered, "failed");
        Answer failed = api.get(account, "/bots/id/" + unanswered);
        assertThat(failed.body().path("completion_reason").asString()).isEqualTo("join_failure");
        assertThat(failed.body().path("failure_stage").asString()).isEqualTo("requested");
        assertThat(failed.body().path("data").path("last_error").asString()).isEqualTo("no bot answered within 4 s");
        // A bot that starts late must not join what everybody believes to be over.
        command(Long.toString(unanswered), BotCommandType.LEAVE);
        awaitStatus(account, stopped, "completed");
    }

    @Test
    void failsAMeeting_whenNothingIsHeardOfItsBotAnyMore() {
        Account account = api.account(2);
        long silent = ask(account, "zoom", "8150000001").body().path("id").asLong();
        long alive = ask(account, "zoom", "8150000002").body().path("id").asLong();
        try (var bot = TranscriptWriter.of(api, silent);
                var other = TranscriptWriter.of(api, alive);
                var heart = other.heartbeats()) {
            for (var writer : List.of(bot, other)) {
                writer.event(MeetingEventType.STATUS_CHANGED, "joining", null);
                writer.event(MeetingEventType.SESSION_STARTED, null, null);
                writer.event(MeetingEventType.STATUS_CHANGED, "active", null);
            }
            audioBesideTheBot(alive);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> status(account, silent).equals("failed"));
            assertThat(heart.beats()).isPositive();
            assertThat(status(account, alive)).isEqualTo("active");
        }
        Answer failed = api.get(account, "/meetings/" + silent);
        assertThat(failed.body().path("completion_reason").isNull()).isTrue();
        assertThat(failed.body().path("data").path("completion_reason").asString())
                .isEqualTo("browser_crashed");
        assertThat(failed.body().path("failure_stage").asString()).isEqualTo("active");
    }

    @Test
    void decidesItselfHowAMeetingEnded() {
        Account account = api.account(1);
        long meeting = ask(account, "zoom", "8160000001").body().path("id").asLong();
        try (var bot = TranscriptWriter.of(api, meeting)) {
            bot.event(MeetingEventType.STATUS_CHANGED, "joining", null);
            bot.event(MeetingEventType.STATUS_CHANGED, "completed", "stopped");
            awaitStatus(account, meeting, "failed");
        }
        Answer failed = api.get(account, "/meetings/" + meeting);
        assertThat(failed.body().path("completion_reason").asString()).isEqualTo("stopped_before_admission");
        assertThat(failed.body().path("failure_stage").asString()).isEqualTo("joining");
    }

    @Test
    void ignoresMovesThatAreNotAllowed() {
        Account account = api.account(1);
        long meeting = ask(account, "zoom", "8200000001").body().path("id").asLong();
        try (var bot = TranscriptWriter.of(api, meeting)) {
            bot.event(MeetingEventType.STATUS_CHANGED, "joining", null);
            bot.event(MeetingEventType.STATUS_CHANGED, "dancing", null);
            bot.event(MeetingEventType.STATUS_CHANGED, "failed", "evicted");
            bot.event(MeetingEventType.STATUS_CHANGED, "active", null);
            bot.event(MeetingEventType.SESSION_STARTED, null, null);
            awaitStatus(account, meeting, "failed");
        }
        long other = ask(account, "zoom", "8200000002").body().path("id").asLong();
        try (var bot = TranscriptWriter.of(api, other)) {
            bot.event(MeetingEventType.STATUS_CHANGED, "joining", null);
            awaitStatus(account, other, "joining");
        }
        assertThat(api.get(account, "/meetings/" + meeting)
                        .body()
                        .path("status")
                        .asString())
                .isEqualTo("failed");
    }

    /** PostgreSQL stores no NUL; waiting for it would hold up every meeting of the partition. */
    @Test
    void buriesAnEventThatPostgresWillNeverTake_andGoesOn() {
        Account account = api.account(1);
        long meeting = ask(account, "zoom", "8300000001").body().path("id").asLong();
        var topic = api.eventLog().topics().meetingEvents();
        int before = api.eventLog().deadLetterOffice().index(topic).waiting().size();
        try (var bot = TranscriptWriter.of(api, meeting)) {
            bot.event(MeetingEventType.STATUS_CHANGED, "joining", "a\u0000b");
            bot.event(MeetingEventType.STATUS_CHANGED, "joining", null);
            awaitStatus(account, meeting, "joining");
        }
        assertThat(api.eventLog().deadLetterOffice().index(topic).waiting()).hasSize(before + 1);
    }

    @Test
    void listsMeetings() {
        Account account = api.account(10);
        IntStream.range(0, 4).forEach(i -> ask(account, "zoom", "830000000" + i));
        ask(account, "google_meet", "abc-defg-hij");

        assertThat(natives(api.get(account, "/meetings")))
                .containsExactly("abc-defg-hij", "8300000003", "8300000002", "8300000001", "8300000000");
        assertThat(natives(api.get(account, "/meetings?limit=2&offset=1"))).containsExactly("8300000003", "8300000002");
        assertThat(natives(api.get(account, "/meetings?platform=google_meet"))).containsExactly("abc-defg-hij");
        assertThat(natives(api.get(account, "/meetings?status=completed"))).isEmpty();
        Answer page = api.get(account, "/bots?limit=4&search=83000");
        assertThat(natives(page)).hasSize(4);
        assertThat(page.body().path("has_more").asBoolean()).isFalse();
        assertThat(api.get(account, "/bots?limit=4").body().path("has_more").asBoolean())
                .isTrue();
        Answer running = api.get(account, "/bots/status");
        assertThat(running.body().path("running_bots")).hasSize(5);
        assertThat(running.body()
                        .path("running_bots")
                        .get(0)
                        .path("normalized_status")
                        .asString())
                .isEqualTo("Requested");
        assertThat(natives(api.get(api.account(1), "/meetings"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
        POST   | /bots                              | -                                | 422
        POST   | /bots                              | nonsense                         | 422
        POST   | /bots                              | []                               | 422
        POST   | /bots                              | {}                               | 422
        POST   | /bots                              | {"platform":"discord"}           | 501
        POST   | /bots                              | {"platform":"zoom","native_meeting_id":"1"} | 422
        POST   | /bots                              | {"platform":"demo","meeting_url":"http://10.0.0.1/"} | 422
        DELETE | /bots/webex/1                      | -                                | 422
        DELETE | /bots/zoom/1                       | -                                | 404
        GET    | /bots?limit=101                    | -                                | 422
        GET    | /bots?offset=-1                    | -                                | 422
        GET    | /bots/id/x                         | -                                | 422
        GET    | /bots/id/999999                    | -                                | 404
        GET    | /meetings?limit=zero               | -                                | 422
        GET    | /meetings/x                        | -                                | 422
        GET    | /meetings/999999                   | -                                | 404
        POST   | /meetings/999999/stream-token      | -                                | 404
        GET    | /meetings/999999/events            | -                                | 404
        GET    | /meetings/1/events?after=x         | -                                | 422
        GET    | /transcripts/webex/1               | -                                | 422
        GET    | /transcripts/zoom/1                | -                                | 404
        GET    | /transcripts/zoom/1?meeting_id=x   | -                                | 422
        GET    | /transcripts/zoom/1?after=-1       | -                                | 422
        GET    | /transcripts/zoom/1/stream         | -                                | 404
        PUT    | /bots                              | {}                               | 405
        GET    | /meetings/1/nothing/at/all         | -                                | 404
        """)
    void answersBadInputInASentence(String method, String path, String body, int status) {
        Account account = api.account(1);
        Answer answer = api.send(method, api.url(path), "X-API-Key", account.key(), body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().has("detail")).isTrue();
        assertThat(answer.raw().body()).doesNotContain("Exception").doesNotContain("dev.earshot");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        Answer answer = api.post(api.account(1), "/bots", "{\"bot_name\":\"" + "x".repeat(300_000) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
    }

    /** As audio-ingest says it, when somebody brings audio into the meeting that no bot heard. */
    private void audioBesideTheBot(long meeting) {
        String session = UUID.randomUUID().toString();
        var event = MeetingEvent.newBuilder()
                .setMeetingId(Long.toString(meeting))
                .setSessionUid(session)
                .setType(MeetingEventType.SESSION_STARTED)
                .setOccurredAt(Instant.now())
                .build();
        api.eventLog()
                .publisher(api.eventLog().topics().meetingEvents())
                .publish(Long.toString(meeting), event)
                .block(PATIENCE);
        await().atMost(PATIENCE)
                .until(() ->
                        api.count("select count(*) from earshot.meeting_sessions where session_uid = '" + session + "'")
                                == 1);
    }

    private String reconfigure(Account account, String bot, String body) {
        Answer answer = api.send("PUT", api.url(bot + "/config"), "X-API-Key", account.key(), body);
        assertThat(answer.status()).isEqualTo(202);
        return answer.body().path("message").asString();
    }

    private Answer ask(Account account, String platform, String nativeId) {
        return api.post(
                account, "/bots", "{\"platform\":\"" + platform + "\",\"native_meeting_id\":\"" + nativeId + "\"}");
    }

    private void awaitStatus(Account account, long meeting, String status) {
        await().atMost(PATIENCE).until(() -> status(account, meeting).equals(status));
    }

    private String status(Account account, long meeting) {
        return api.get(account, "/meetings/" + meeting).body().path("status").asString();
    }

    private BotCommand command(String meeting, BotCommandType type) {
        return commands(meeting, type, 1).get(0);
    }

    private List<BotCommand> commands(String meeting, BotCommandType type, int count) {
        return api.eventLog()
                .receive(api.eventLog().topics().botCommands(), Subscription.everything(Subscription.From.EARLIEST))
                .map(record -> record.value())
                .filter(command -> command.getMeetingId().equals(meeting) && command.getType() == type)
                .take(count)
                .collectList()
                .block(PATIENCE);
    }

    private MeetingEvent event(String meeting, String status) {
        return api.eventLog()
                .receive(api.eventLog().topics().meetingEvents(), Subscription.everything(Subscription.From.EARLIEST))
                .map(record -> record.value())
                .filter(event -> event.getMeetingId().equals(meeting) && status.equals(event.getStatus()))
                .blockFirst(PATIENCE);
    }

    private static List<String> natives(Answer answer) {
        return StreamSupport.stream(answer.body().path("meetings").spliterator(), false)
                .map(meeting -> meeting.path("native_meeting_id").asString())
                .toList();
    }

    private static final class Threads implements AutoCloseable {

        private final java.util.concurrent.ExecutorService pool;

        private Threads(int size) {
            this.pool = Executors.newFixedThreadPool(size);
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }
}
