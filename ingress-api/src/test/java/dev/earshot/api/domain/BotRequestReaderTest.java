package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotRequestReaderTest {

    @Test
    void readsAWholeRequest() {
        BotRequest bot = BotRequestReader.read(
                Map.of(
                        "platform", "zoom",
                        "native_meeting_id", "81234567890",
                        "passcode", "secret",
                        "bot_name", " Scribe ",
                        "language", "de",
                        "task", "transcribe",
                        "recording_enabled", false,
                        "something_else", List.of(1),
                        "automatic_leave", Map.of("max_bot_time", 1000, "waiting_room_timeout", 2000)),
                false);

        assertThat(bot.url()).isEqualTo("https://zoom.us/j/81234567890?pwd=secret");
        assertThat(bot.botName()).isEqualTo("Scribe");
        assertThat(bot.language()).isEqualTo("de");
        assertThat(bot.recordingEnabled()).isFalse();
        assertThat(bot.leave()).isEqualTo(new BotRequest.AutomaticLeave(1000L, 2000L, null, null));
    }

    @Test
    void infersThePlatform_whenOnlyALinkIsGiven() {
        BotRequest bot = BotRequestReader.read(Map.of("meeting_url", "https://meet.google.com/abc-defg-hij"), false);

        assertThat(bot.address().platform()).isEqualTo(Platform.GOOGLE_MEET);
        assertThat(bot.address().nativeMeetingId()).isEqualTo("abc-defg-hij");
    }

    @Test
    void takesEmptyTextForNone() {
        BotRequest bot = BotRequestReader.read(meet(Map.of("language", "", "task", "", "passcode", "")), false);

        assertThat(bot.language()).isNull();
        assertThat(bot.task()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        language          | xx        | Value error, Invalid language code 'xx'. Must be one of the accepted language codes
        task              | dance     | Value error, task must be 'transcribe' or 'translate'
        passcode          | 1234      | Value error, Passcode is not supported for Google Meet meetings
        native_meeting_id | Not-An-Id | Value error, Invalid native_meeting_id for platform 'google_meet' (expected: abc-defg-hij, or a nickname)
        native_meeting_id | a/b       | Value error, Invalid native_meeting_id for platform 'google_meet' (expected: abc-defg-hij, or a nickname)
        platform          | webex     | Input should be 'google_meet', 'zoom', 'teams' or 'jitsi'
        platform          | demo      | Input should be 'google_meet', 'zoom', 'teams' or 'jitsi'
        mode              | party     | Value error, mode must be 'browser_session'
        meeting_url       | https://example.com/ | Value error, meeting_url is no link of a supported platform (google_meet)
        transcription_tier | slow     | Value error, transcription_tier must be 'realtime' or 'deferred'
        """)
    void saysWhatIsWrong(String field, String value, String message) {
        List<Violation> violations = violations(meet(Map.of(field, value)));

        assertThat(violations).singleElement().satisfies(violation -> {
            assertThat(violation.msg()).isEqualTo(message);
            assertThat(violation.loc()).containsExactly("body", field);
            assertThat(violation.input()).isEqualTo(value);
        });
    }

    @Test
    void saysEverythingThatIsWrong() {
        List<Violation> violations = violations(Map.of(
                "platform", "teams",
                "native_meeting_id", "9387167464734",
                "bot_name", 7,
                "recording_enabled", "perhaps",
                "automatic_leave", Map.of("max_bot_time", -1, "unheard_of", 1)));

        assertThat(violations)
                .extracting(Violation::type)
                .containsExactlyInAnyOrder(
                        "string_type", "bool_parsing", "value_error", "extra_forbidden", "value_error");
    }

    @Test
    void asksForWhatIsMissing() {
        assertThat(violations(Map.of())).extracting(Violation::loc).containsExactly(List.of("body", "platform"));
        assertThat(violations(Map.of("platform", "zoom")))
                .extracting(Violation::loc)
                .containsExactly(List.of("body", "native_meeting_id"));
        assertThat(violations(Map.of("platform", "zoom", "native_meeting_id", " ")))
                .extracting(Violation::msg)
                .containsExactly("Value error, native_meeting_id cannot be empty");
    }

    @Test
    void refusesWhatItUnderstandsAndCannotDo() {
        assertThatThrownBy(() -> BotRequestReader.read(
                        Map.of("platform", "teams", "native_meeting_id", "0123456789abcdef", "passcode", "abcd"),
                        false))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Cannot construct meeting URL");
        assertThatThrownBy(() -> BotRequestReader.read(Map.of("mode", "browser_session", "platform", "zoom"), false))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.status())
                        .isEqualTo(501));
    }

    @ParameterizedTest
    @CsvSource({
        "video, true",
        "voice_agent_enabled, true",
        "voiceAgentEnabled, true",
        "camera_enabled, true",
        "agent_enabled, true",
        "authenticated, true",
        "transcribe_enabled, false",
        "transcription_tier, Deferred",
        "default_avatar_url, https://example.com/a.png",
        "voiceAgentUrl, https://example.com",
        "workspaceGitRepo, https://example.com"
    })
    void refusesAbilitiesThatAreNotThere(String field, String value) {
        assertThatThrownBy(() -> BotRequestReader.read(meet(Map.of(field, value)), false))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.status())
                        .isEqualTo(501));
    }

    @Test
    void takesSwitchesThatAreOff() {
        var body = meet(Map.of("video", false, "voice_agent_enabled", false, "dry_run", false));
        body.put("transcription_tier", "REALTIME");
        body.put("zoom_obf_token", null);
        body.put("voice_agent_settings", null);
        assertThat(BotRequestReader.read(body, false).address().platform()).isEqualTo(Platform.GOOGLE_MEET);
    }

    @Test
    void takesTokensOfZoomForZoomOnly_andNoDryRuns() {
        assertThat(violations(meet(Map.of("zoom_obf_token", "t", "dry_run", true))))
                .extracting(Violation::msg)
                .containsExactlyInAnyOrder(
                        "Value error, zoom_obf_token is only supported for Zoom meetings",
                        "Value error, dry_run is not available in production");
    }

    @Test
    void buildsLinksOnTheHostOfTeamsThatIsGiven() {
        Map<String, Object> teams =
                Map.of("platform", "teams", "native_meeting_id", "9387167464734", "passcode", "abcd");
        var body = new HashMap<>(teams);
        body.put("teams_base_host", "gov.teams.microsoft.us");
        assertThat(BotRequestReader.read(body, false).url())
                .isEqualTo("https://gov.teams.microsoft.us/meet/9387167464734?p=abcd");
        assertThat(BotRequestReader.read(teams, false).url())
                .isEqualTo("https://teams.live.com/meet/9387167464734?p=abcd");
        body.put("teams_base_host", "evil.example/teams.live.com");
        assertThat(violations(body)).extracting(Violation::loc).containsExactly(List.of("body", "teams_base_host"));
    }

    @Test
    void sendsBotsToThisMachine_onlyWhenDemoMeetingsAreAllowed() {
        Map<String, Object> demo = Map.of("platform", "demo", "meeting_url", "http://127.0.0.1:80/meet/m1");

        assertThat(BotRequestReader.read(demo, true).address().nativeMeetingId())
                .isEqualTo("m1");
        assertThat(violations(demo)).isNotEmpty();
    }

    private static Map<String, Object> meet(Map<String, Object> further) {
        var body = new HashMap<String, Object>(Map.of("platform", "google_meet", "native_meeting_id", "abc-defg-hij"));
        body.putAll(further);
        return body;
    }

    private static List<Violation> violations(Map<String, Object> body) {
        return catchThrowableOfType(InvalidRequestException.class, () -> BotRequestReader.read(body, false))
                .violations();
    }
}
