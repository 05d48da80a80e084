package dev.earshot.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.standalone.client.Accounts;
import dev.earshot.standalone.client.ApiClient;
import dev.earshot.standalone.demo.DemoMeeting;
import dev.earshot.standalone.demo.DemoMeetingConfig;
import dev.earshot.standalone.system.FeedTape.Confirmed;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole product is killed in the middle of a meeting and started again on its data: what was confirmed is there once,
 * as it was, the meeting ends by itself, and nothing of the killed process is left.
 */
class KilledProcessIT {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern API = Pattern.compile("live page\\s+(http://127.0.0.1:\\d+)/");
    private static final Pattern ADMIN = Pattern.compile("admin\\s+(http://127.0.0.1:\\d+)/admin");
    private static final Pattern RUNNING = Pattern.compile("earshot: running");

    @TempDir
    private Path folder;

    @Test
    void confirmedSegmentsAreThereOnce_whenEverythingIsKilledAndStartedAgain() throws Exception {
        try (DemoMeeting meeting = DemoMeeting.start(DemoMeetingConfig.defaults())) {
            Before before = killInMidMeeting(meeting);
            try (EarshotProcess again = up()) {
                ApiClient api = api(again, before.apiKey());
                assertStored(api, before);

                try (FeedTape resumed = FeedTape.follow(api, before.meetingId(), before.cursor());
                        FeedTape whole = FeedTape.follow(api, before.meetingId(), null)) {
                    await("the meeting ends by itself")
                            .atMost(Duration.ofSeconds(90))
                            .pollInterval(Duration.ofMillis(200))
                            .until(() -> isOver(whole) && isOver(resumed));
                    assertThat(api.get("/meetings/" + before.meetingId())
                                    .path("status")
                                    .asText())
                            .isEqualTo("failed");
                    assertWhole(whole, resumed, before);
                    assertStored(api, before);
                    assertThat(rest(api, before.meetingId())).containsExactlyElementsOf(whole.confirmed());
                }
                await("nothing of the killed process runs")
                        .atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(before.family())
                                .filteredOn(ProcessHandle::isAlive)
                                .isEmpty());
            }
        }
    }

    /** What was known when the process died. */
    private record Before(
            String apiKey, long meetingId, List<Confirmed> confirmed, String cursor, List<ProcessHandle> family) {}

    private Before killInMidMeeting(DemoMeeting meeting) throws Exception {
        try (EarshotProcess first = up()) {
            String apiKey = user(first);
            ApiClient api = api(first, apiKey);
            long meetingId = api.post(
                            "/bots",
                            Map.of(
                                    "platform", "demo",
                                    "native_meeting_id", meeting.roomId(),
                                    "meeting_url", meeting.url(),
                                    "bot_name", "Earshot",
                                    "language", "en"))
                    .path("id")
                    .asLong();
            try (FeedTape tape = FeedTape.follow(api, meetingId, null)) {
                await("segments are confirmed")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> tape.confirmed().size() >= 2);
                List<ProcessHandle> family = first.family();
                first.kill();
                List<FeedTape.Entry> entries = tape.entries();
                assertThat(family).as("servers, driver, browser").hasSizeGreaterThan(5);
                return new Before(
                        apiKey,
                        meetingId,
                        tape.confirmed(),
                        Long.toString(entries.get(entries.size() - 1).seq()),
                        family);
            }
        }
    }

    private static void assertStored(ApiClient api, Before before) {
        assertThat(rest(api, before.meetingId())).containsAll(before.confirmed());
    }

    private static void assertWhole(FeedTape whole, FeedTape resumed, Before before) {
        List<Long> seqs = whole.entries().stream().map(FeedTape.Entry::seq).toList();
        assertThat(seqs)
                .as("dense, each once")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, seqs.size()).boxed().toList());
        assertThat(whole.confirmed()).extracting(Confirmed::segmentId).doesNotHaveDuplicates();
        assertThat(whole.confirmed()).startsWith(before.confirmed().toArray(Confirmed[]::new));
        assertThat(resumed.entries())
                .as("what follows the cursor")
                .extracting(FeedTape.Entry::seq)
                .containsExactlyElementsOf(seqs.subList(Integer.parseInt(before.cursor()), seqs.size()));
        JsonNode account = whole.only("transcript.complete").data();
        assertThat(account.path("transcribed_ms").asLong()
                        + account.path("silent_ms").asLong()
                        + account.path("missing_ms").asLong())
                .as("every millisecond is accounted for: %s", account)
                .isEqualTo(account.path("captured_ms").asLong());
    }

    /** A bot that died told no track's end: the transcript is complete when waiting for the rest ends. */
    private EarshotProcess up() throws Exception {
        EarshotProcess process = EarshotProcess.start(
                folder,
                Map.of("SESSION_PATIENCE", "15"),
                "up",
                "--data",
                folder.resolve("data").toString(),
                "--demo-platform");
        try {
            process.awaitOutput(RUNNING, START);
            return process;
        } catch (Throwable e) {
            process.close();
            throw e;
        }
    }

    private static ApiClient api(EarshotProcess process, String apiKey) {
        return ApiClient.forUser(URI.create(process.awaitOutput(API, START).group(1)), apiKey);
    }

    private String user(EarshotProcess process) throws Exception {
        String adminToken = Files.readString(folder.resolve("data/admin-token")).strip();
        var accounts = new Accounts(URI.create(process.awaitOutput(ADMIN, START).group(1)), adminToken);
        return accounts.user("someone@example.org", 1).apiKey();
    }

    /** The transcript is complete and the meeting has its last status; which comes first is open. */
    private static boolean isOver(FeedTape tape) {
        return tape.has("transcript.complete")
                && tape.entries().stream().anyMatch(entry -> entry.data()
                        .path("payload")
                        .path("status")
                        .asText()
                        .equals("failed"));
    }

    private static List<Confirmed> rest(ApiClient api, long meetingId) {
        JsonNode segments =
                api.get("/transcripts/demo/demo?meeting_id=" + meetingId).path("segments");
        return StreamSupport.stream(segments.spliterator(), false)
                .filter(segment -> !segment.path("seq").isNull())
                .map(Confirmed::of)
                .toList();
    }
}
