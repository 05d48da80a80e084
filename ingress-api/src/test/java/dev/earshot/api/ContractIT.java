package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every route that clients of the contract know is served, or says that its ability is not here. */
class ContractIT {

    private final TestApi api = TestApi.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
        GET    | /                                         | -                            | 200 | -
        POST   | /bots                                     | {"platform":"zoom","native_meeting_id":"6100000002"} | 201 | -
        DELETE | /bots/zoom/6100000001                     | -                            | 202 | -
        PUT    | /bots/zoom/6100000001/config              | {"language":"en"}            | 409 | Meeting found but is not active (status: 'requested'). Cannot reconfigure.
        GET    | /bots/status                              | -                            | 200 | -
        GET    | /bots                                     | -                            | 200 | -
        GET    | /bots/id/{id}                             | -                            | 200 | -
        GET    | /bots/zoom/6100000001/participants        | -                            | 200 | -
        POST   | /bots/zoom/6100000001/speak               | {"text":"hello"}             | 501 | Bots of this deployment do not speak
        DELETE | /bots/zoom/6100000001/speak               | -                            | 501 | Bots of this deployment do not speak
        POST   | /bots/zoom/6100000001/chat                | {"text":"hello"}             | 501 | Bots of this deployment neither read nor write the chat
        GET    | /bots/zoom/6100000001/chat                | -                            | 501 | Bots of this deployment neither read nor write the chat
        POST   | /bots/zoom/6100000001/screen              | {"type":"url"}               | 501 | Bots of this deployment do not share a screen
        DELETE | /bots/zoom/6100000001/screen              | -                            | 501 | Bots of this deployment do not share a screen
        PUT    | /bots/zoom/6100000001/avatar              | {"url":"https://a.example"}  | 501 | Bots of this deployment have no picture
        DELETE | /bots/zoom/6100000001/avatar              | -                            | 501 | Bots of this deployment have no picture
        GET    | /bots/zoom/6100000001/events?limit=5      | -                            | 200 | -
        PATCH  | /bots/zoom/6100000001/voice-agent-settings | {"url":"https://a.example"} | 501 | This deployment has no voice agent
        GET    | /meetings?limit=10&offset=0               | -                            | 200 | -
        GET    | /meetings/{id}                            | -                            | 200 | -
        PATCH  | /meetings/zoom/6100000001                 | {"data":{"name":"Standup"}}  | 200 | -
        DELETE | /meetings/zoom/6100000001                 | -                            | 409 | Meeting not finalized; cannot delete transcripts. Current status: requested
        GET    | /transcripts/zoom/6100000001              | -                            | 200 | -
        POST   | /transcripts/zoom/6100000001/share        | -                            | 200 | -
        GET    | /public/transcripts/nothing.txt           | -                            | 404 | Share link expired or not found
        POST   | /meetings/{id}/transcribe                 | {}                           | 501 | This deployment transcribes while the meeting runs; it keeps no recording to transcribe later
        GET    | /recordings?limit=10                      | -                            | 200 | -
        GET    | /recordings/1                             | -                            | 404 | Recording not found
        DELETE | /recordings/1                             | -                            | 404 | Recording not found
        GET    | /recordings/1/master?type=audio           | -                            | 404 | Recording not found
        GET    | /recordings/1/media/2/download            | -                            | 404 | Recording not found
        GET    | /recordings/1/media/2/raw                 | -                            | 404 | Recording not found
        GET    | /recording-config                         | -                            | 200 | -
        PUT    | /recording-config                         | {"enabled":true}             | 501 | This deployment records nothing
        GET    | /auth/me                                  | -                            | 200 | -
        GET    | /mcp                                      | -                            | 501 | This deployment has no MCP server
        POST   | /mcp/tools                                | {}                           | 501 | This deployment has no MCP server
        GET    | /calendar/events                          | -                            | 501 | This deployment has no agents, browser sessions or calendars
        POST   | /api/chat                                 | {}                           | 501 | This deployment has no agents, browser sessions or calendars
        GET    | /api/sessions/1                           | -                            | 501 | This deployment has no agents, browser sessions or calendars
        GET    | /b/token                                  | -                            | 501 | This deployment has no agents, browser sessions or calendars
        GET    | /user/workspace-git                       | -                            | 501 | This deployment has no agents, browser sessions or calendars
        GET    | /openapi.json                             | -                            | 200 | -
        GET    | /docs                                     | -                            | 302 | -
        """)
    void servesTheRoute_orSaysThatItCannot(String method, String path, String body, int status, String detail) {
        long user = api.account(5).userId();
        var account = new Account(user, api.token(user, "bot,tx,browser"));
        long meeting = api.post(account, "/bots", "{\"platform\":\"zoom\",\"native_meeting_id\":\"6100000001\"}")
                .body()
                .path("id")
                .asLong();
        String url = api.url(path.replace("{id}", Long.toString(meeting)));
        Answer answer = api.send(method, url, "X-API-Key", account.key(), body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        if (detail != null) {
            assertThat(answer.detail()).isEqualTo(detail);
        }
    }

    @ParameterizedTest
    @CsvSource({"/admin/stats/meetings-users", "/admin/analytics/users", "/admin/analytics/meetings/1/telematics"})
    void saysThatItKeepsNoAnalytics(String path) {
        assertThat(api.admin("GET", path, null).status()).isEqualTo(501);
        assertThat(api.send("GET", api.url(path), "", "", null).status()).isEqualTo(403);
    }

    @Test
    void writesNothingDown_thatPostgresCannotHold() {
        Account account = api.account(1);
        String nul = "\\u0000";
        assertThat(api.post(account, "/bots", "{\"bot_name\":\"" + nul + "\",\"x\":[{\"a\":\"" + nul + "\"}]}")
                        .status())
                .isEqualTo(422);
        assertThat(api.get(account, "/transcripts/zoom/%00").status()).isEqualTo(422);
        assertThat(api.get(account, "/transcripts?q=%00").status()).isEqualTo(422);
    }
}
