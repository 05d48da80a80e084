package dev.earshot.standalone.system;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.bot.mock.MockScenario;
import dev.earshot.standalone.ServerAddresses;
import dev.earshot.standalone.ServicePorts;
import dev.earshot.standalone.Standalone;
import dev.earshot.standalone.StandaloneConfig;
import dev.earshot.standalone.client.Accounts;
import dev.earshot.standalone.client.ApiClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every mock's scenario at once, as a client of the public API sees them. */
class MockBotsIT {

    private static final StandaloneConfig CONFIG =
            new StandaloneConfig(null, ServerAddresses.NONE, ServicePorts.FREE, "admin-of-this-test", true);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A key may ask 120 times a minute. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Set<MockScenario> STAYING =
            Set.of(MockScenario.IMMEDIATE_STOP, MockScenario.SPEAK_ACK, MockScenario.CONTINUE);

    private static Standalone earshot;
    private static ApiClient api;

    @BeforeAll
    static void start() {
        earshot = Standalone.launch(CONFIG);
        Accounts.Access access = new Accounts(earshot.adminUrl(), earshot.adminToken())
                .user("someone@example.org", MockScenario.values().length);
        api = ApiClient.forUser(earshot.apiUrl(), access.apiKey());
    }

    @AfterAll
    static void close() {
        earshot.close();
    }

    @Test
    void everyScenarioGoesItsWay() {
        Map<Long, MockScenario> sent = send();
        var calledBack = new HashSet<Long>();
        await("every meeting is over").atMost(PATIENCE).pollInterval(POLL).until(() -> {
            List<JsonNode> meetings = meetings();
            meetings.stream()
                    .filter(meeting ->
                            STAYING.contains(sent.get(meeting.path("id").asLong())))
                    .filter(meeting -> meeting.path("status").asText().equals("active"))
                    .filter(meeting -> calledBack.add(meeting.path("id").asLong()))
                    .forEach(meeting -> api.delete("/bots/" + address(meeting)));
            return meetings.size() == sent.size()
                    && meetings.stream()
                            .allMatch(meeting -> meeting.path("end_time").isTextual());
        });

        Map<MockScenario, JsonNode> ended = meetings().stream()
                .collect(toMap(meeting -> sent.get(meeting.path("id").asLong()), meeting -> meeting));
        var ways = new HashMap<MockScenario, String>();
        ended.forEach((scenario, meeting) -> ways.put(scenario, way(meeting)));
        String whole = "joining awaiting_admission active ";
        assertThat(ways)
                .containsAllEntriesOf(Map.of(
                        MockScenario.NORMAL, whole + "completed(left_alone)",
                        MockScenario.EMIT_N_SEGMENTS, whole + "completed(left_alone)",
                        MockScenario.SLOW_JOIN, whole + "completed(left_alone)",
                        MockScenario.RECORDING, whole + "completed(left_alone)",
                        MockScenario.SILENCE_LEFT_ALONE, whole + "stopping completed(left_alone)",
                        MockScenario.JOIN_TIMEOUT, "joining awaiting_admission failed(awaiting_admission_timeout)",
                        MockScenario.REJECT, "joining awaiting_admission failed(awaiting_admission_rejected)",
                        MockScenario.CRASH, whole + "failed(browser_crashed)"));
        assertThat(STAYING).allSatisfy(scenario -> assertThat(ways.get(scenario))
                .isEqualTo(whole + "stopping completed(stopped)"));

        assertTranscript(ended.get(MockScenario.NORMAL), 3);
        assertTranscript(ended.get(MockScenario.EMIT_N_SEGMENTS), 12);
        assertTranscript(ended.get(MockScenario.SLOW_JOIN), 3);
        assertTranscript(ended.get(MockScenario.RECORDING), 3);
        assertTranscript(ended.get(MockScenario.CRASH), 1);
        assertTranscript(ended.get(MockScenario.SILENCE_LEFT_ALONE), 0);
    }

    private static Map<Long, MockScenario> send() {
        return Stream.of(MockScenario.values())
                .collect(toMap(
                        scenario -> api.post(
                                        "/bots",
                                        Map.of(
                                                "platform", "google_meet",
                                                "native_meeting_id", "abc-defg-hi" + (char) ('a' + scenario.ordinal()),
                                                "bot_name", "mock:" + scenario.wire()))
                                .path("id")
                                .asLong(),
                        scenario -> scenario));
    }

    private static List<JsonNode> meetings() {
        return StreamSupport.stream(api.get("/meetings").path("meetings").spliterator(), false)
                .toList();
    }

    private static String address(JsonNode meeting) {
        return meeting.path("platform").asText() + "/"
                + meeting.path("native_meeting_id").asText();
    }

    /** The statuses a meeting went through, and why it ended. */
    private static String way(JsonNode meeting) {
        var way = new StringBuilder();
        meeting.path("data")
                .path("status_transition")
                .forEach(move -> way.append(move.path("to").asText()).append(' '));
        return way.toString().strip() + "("
                + meeting.path("data").path("completion_reason").asText() + ")";
    }

    /** Alice and Bob take turns, and nothing of it may change any more. */
    private static void assertTranscript(JsonNode meeting, int sentences) {
        await("transcript of meeting " + meeting.path("id"))
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .untilAsserted(() -> {
                    JsonNode segments =
                            api.get("/transcripts/" + address(meeting)).path("segments");
                    assertThat(segments)
                            .extracting(segment -> segment.path("speaker").asText() + ": "
                                    + segment.path("text").asText())
                            .containsExactlyElementsOf(IntStream.rangeClosed(1, sentences)
                                    .mapToObj(
                                            number -> (number % 2 == 1 ? "Alice" : "Bob") + ": Mock segment " + number)
                                    .toList());
                    assertThat(segments)
                            .allMatch(segment -> segment.path("completed").asBoolean());
                });
    }
}
