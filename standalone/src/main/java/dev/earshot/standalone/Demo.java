package dev.earshot.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.bot.browser.ChromiumExecutable;
import dev.earshot.eventlog.app.Ending;
import dev.earshot.standalone.client.Account;
import dev.earshot.standalone.client.Accounts;
import dev.earshot.standalone.client.ApiClient;
import dev.earshot.standalone.client.MeetingFollower;
import dev.earshot.standalone.client.TranscriptFrame;
import dev.earshot.standalone.demo.DemoMeeting;
import dev.earshot.standalone.demo.DemoMeetingConfig;
import dev.earshot.standalone.report.DemoReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One demo, from nothing to the end: servers, services, a meeting, a bot, its transcript, its figures. */
final class Demo {

    /** What a shell says of a command that was interrupted. */
    private static final int INTERRUPTED = 130;

    private static final long MEETING_PATIENCE_S = 300;
    private static final long COMPLETE_PATIENCE_S = 60;

    /** The last words are still on their way through the guests' jitter buffers; longer on a busy machine. */
    private static final long LAST_WORDS_MS = 1_500;

    private final StandaloneConfig config;
    private final DemoMeetingConfig meetingConfig;
    private final boolean once;
    private final Steps steps = Steps.ofThisProcess();

    Demo(StandaloneConfig config, DemoMeetingConfig meetingConfig, boolean once) {
        this.config = config;
        this.meetingConfig = meetingConfig;
        this.once = once;
    }

    /** Runs it. Returns the exit code: 0 only if a transcript reached Postgres and is the same everywhere. */
    int run() throws InterruptedException {
        var asked = new CountDownLatch(1);
        // Without a browser nothing else need start.
        ChromiumExecutable.find(meetingConfig.chromium());
        try (var ending = Ending.onSignal(asked::countDown)) {
            steps.done("Java");
            say("starting Kafka, PostgreSQL, Redis, the registry and the services; opening the meeting");
            CompletableFuture<DemoMeeting> opening = CompletableFuture.supplyAsync(this::openMeeting);
            try (Standalone standalone = Standalone.launch(config, steps);
                    DemoMeeting meeting = opening.join()) {
                say("ready after " + steps.until(Instant.now()) + " s");
                return attend(standalone, meeting, asked);
            } finally {
                opening.thenAccept(DemoMeeting::close);
            }
        }
    }

    private void sayFirstWords(Instant at) {
        say("first words after " + steps.until(at) + " s (" + steps.text() + ")");
    }

    private DemoMeeting openMeeting() {
        try {
            DemoMeeting meeting = DemoMeeting.start(meetingConfig);
            steps.done("meeting");
            return meeting;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private int attend(Standalone standalone, DemoMeeting meeting, CountDownLatch asked) throws InterruptedException {
        Accounts.Access access = standalone.user("demo@earshot.local");
        ApiClient api = ApiClient.forUser(standalone.apiUrl(), access.apiKey());
        JsonNode bot = api.post(
                "/bots",
                Map.of(
                        "platform", "demo",
                        "native_meeting_id", meeting.roomId(),
                        "meeting_url", meeting.url(),
                        "bot_name", "Earshot",
                        "language", "en"));
        long meetingId = bot.path("id").asLong();
        announce(standalone, meeting, access, meetingId, api);
        try (var follower = MeetingFollower.start(api, meetingId, TranscriptScreen.onStandardOutput())) {
            follower.active().thenAccept(at -> steps.doneAt("bot in", at));
            standalone.firstSound().thenRun(() -> steps.done("first sound"));
            meeting.speechStarted().thenAccept(at -> steps.doneAt("first word spoken", at));
            follower.firstText().thenAccept(this::sayFirstWords);
            if (!awaitSpeakers(meeting, follower, asked)) {
                return INTERRUPTED;
            }
            asked.await(LAST_WORDS_MS, TimeUnit.MILLISECONDS);
            meeting.end();
            DemoReport report = report(standalone, api, meetingId, meeting, follower, awaitComplete(follower));
            System.out.println();
            System.out.println(report.text());
            if (!once) {
                say("the meeting is over; the page and the API stay until you press Ctrl-C");
                asked.await();
            }
            return report.passed() ? 0 : 1;
        }
    }

    private static void announce(
            Standalone standalone, DemoMeeting meeting, Accounts.Access access, long meetingId, ApiClient api) {
        String token = api.post("/meetings/" + meetingId + "/stream-token", Map.of())
                .path("token")
                .asText();
        System.out.println();
        System.out.println("  live page   " + standalone.apiUrl() + "/#/meetings/" + meetingId + "?token=" + token);
        System.out.println("  API         " + standalone.apiUrl() + "/docs   key " + access.apiKey());
        System.out.println("  meeting     " + meeting.url());
        System.out.println(
                "  Kafka       " + standalone.bootstrapServers() + "   registry " + standalone.schemaRegistryUrl());
        System.out.println("  speech      " + speech(standalone.speechModel()));
        System.out.println();
    }

    private static String speech(String model) {
        return model.equals("builtin")
                ? "built-in demo model: synthetic voices only; for real meetings it needs another"
                : model;
    }

    /** True when everybody has said everything, false when the person wants to end. */
    private static boolean awaitSpeakers(DemoMeeting meeting, MeetingFollower follower, CountDownLatch asked)
            throws InterruptedException {
        var over = new CountDownLatch(1);
        meeting.speakersFinished().whenComplete((done, e) -> over.countDown());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MEETING_PATIENCE_S);
        while (System.nanoTime() < deadline) {
            if (over.await(200, TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (asked.getCount() == 0) {
                return false;
            }
            if (follower.failed().isDone()) {
                throw new IllegalStateException("the bot did not stay in the meeting ("
                        + follower.failed().join().replace('_', ' ') + "): the log file says what it met");
            }
        }
        throw new IllegalStateException(
                "nobody spoke to the end within " + MEETING_PATIENCE_S + " s: the log file says what the bot met");
    }

    private static Account awaitComplete(MeetingFollower follower) throws InterruptedException {
        try {
            return follower.complete().get(COMPLETE_PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(
                    "the transcript was not complete " + COMPLETE_PATIENCE_S + " s after the meeting", e);
        }
    }

    private DemoReport report(
            Standalone standalone,
            ApiClient api,
            long meetingId,
            DemoMeeting meeting,
            MeetingFollower follower,
            Account account) {
        List<TranscriptFrame.Text> streamed = follower.confirmed();
        List<String> stored = StoredTranscript.lines(standalone.databaseUrl(), meetingId, streamed.size());
        JsonNode rest = api.get("/transcripts/demo/" + meeting.roomId() + "?meeting_id=" + meetingId);
        var seen = new DemoScore.Seen(streamed, follower.firstPartialMs(), follower.finalMs());
        return DemoScore.of(meeting.truth(), seen, stored, rest, account);
    }

    private static void say(String text) {
        System.out.println("earshot: " + text);
    }
}
