package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeetingAddressTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
        https://meet.google.com/abc-defg-hij,                           GOOGLE_MEET, abc-defg-hij, -,      https://meet.google.com/abc-defg-hij
        https://meet.google.com/abc-defg-hij/,                          GOOGLE_MEET, abc-defg-hij, -,      https://meet.google.com/abc-defg-hij
        https://meet.google.com/team-standup?authuser=1,                GOOGLE_MEET, team-standup, -,      https://meet.google.com/team-standup
        https://teams.live.com/meet/9387167464734?p=qxJanYOcdjN4d6UlGa, TEAMS, 9387167464734, qxJanYOcdjN4d6UlGa, https://teams.live.com/meet/9387167464734?p=qxJanYOcdjN4d6UlGa
        https://teams.microsoft.com/meet/9387167464734?p=abcd,          TEAMS, 9387167464734, abcd,  https://teams.microsoft.com/meet/9387167464734?p=abcd
        https://teams.microsoft.com/v2/?x=1#/meet/9387167464734?p=abcd, TEAMS, 9387167464734, abcd,  https://teams.microsoft.com/v2/?x=1#/meet/9387167464734?p=abcd
        msteams://teams.live.com/meet/9387167464734?p=abcd,             TEAMS, 9387167464734, abcd,  https://teams.live.com/meet/9387167464734?p=abcd
        https://us02web.zoom.us/j/81234567890?pwd=abc.1,                ZOOM, 81234567890, abc.1,    https://zoom.us/j/81234567890?pwd=abc.1
        https://zoom.us/wc/join/81234567890,                            ZOOM, 81234567890, -,        https://zoom.us/j/81234567890
        https://agency.zoomgov.com/w/812345678,                         ZOOM, 812345678, -,          https://zoom.us/j/812345678
        """)
    void understandsLinks(String link, Platform platform, String id, String passcode, String url) {
        MeetingAddress address = MeetingAddress.parse(link).orElseThrow();

        assertThat(address.platform()).isEqualTo(platform);
        assertThat(address.nativeMeetingId()).isEqualTo(id);
        assertThat(address.passcode()).isEqualTo(passcode);
        assertThat(address.url()).contains(url);
    }

    @Test
    void namesAnEnterpriseLinkByItsHash_andKeepsTheLink() {
        String link = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=%7b%7d";

        MeetingAddress address = MeetingAddress.parse(link).orElseThrow();

        assertThat(address.nativeMeetingId()).matches("[0-9a-f]{16}");
        assertThat(MeetingAddress.parse(link)).contains(address);
        assertThat(address.url()).contains(link);
        assertThat(new MeetingAddress(Platform.TEAMS, address.nativeMeetingId(), null, null).url())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://meet.google.com/lookup/abcdef",
                "https://meet.google.com.evil.example/abc-defg-hij",
                "https://evilzoom.us/j/81234567890",
                "https://teams.microsoft.com.evil.example/meet/9387167464734",
                "https://meet.google.com@evil.example/abc-defg-hij",
                "https://zoom.us/j/12",
                "https://example.com/",
                "meet.google.com/abc-defg-hij",
                "javascript:alert(1)",
                "not a link"
            })
    void understandsNothingElse(String link) {
        assertThat(MeetingAddress.parse(link)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/meet/standup, standup",
        "http://localhost:8080/room.html?id=3, room",
        "http://[::1]:8080/, demo",
    })
    void acceptsDemoMeetingsOnThisMachine(String link, String id) {
        assertThat(MeetingAddress.demo(link))
                .map(MeetingAddress::nativeMeetingId)
                .contains(id);
        assertThat(MeetingAddress.demo(link)).flatMap(MeetingAddress::url).contains(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/meet",
                "http://127.0.0.1.evil.example/",
                "http://localhost@evil.example/",
                "file:///etc/passwd",
                "http://169.254.169.254/latest"
            })
    void acceptsDemoMeetingsNowhereElse(String link) {
        assertThat(MeetingAddress.demo(link)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://meet.jit.si/room",
                "https://127.0.0.1/room",
                "https://[::1]/room",
                "https://localhost/room"
            })
    void acceptsJitsiOnNamedHostsOnly(String link) {
        assertThat(MeetingAddress.jitsi(link)).isEmpty();
        assertThat(MeetingAddress.jitsi("https://meet.jit.si/room")).isPresent();
    }
}
