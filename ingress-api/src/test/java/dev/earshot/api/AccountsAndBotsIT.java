package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import org.junit.jupiter.api.Test;

class AccountsAndBotsIT {

    private final TestApi api = TestApi.shared();

    @Test
    void sendsABot_whenAskedWithAKeyThatMay() {
        Account account = api.account(2);

        Answer bot =
                api.post(account, "/bots", "{\"platform\":\"google_meet\",\"native_meeting_id\":\"abc-defg-hij\"}");

        assertThat(bot.status()).isEqualTo(201);
        assertThat(bot.body().path("status").asString()).isEqualTo("requested");
        assertThat(bot.body().path("constructed_meeting_url").asString())
                .isEqualTo("https://meet.google.com/abc-defg-hij");
    }
}
