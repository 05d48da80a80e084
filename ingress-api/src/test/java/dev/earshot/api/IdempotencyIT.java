package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyIT {

    private static final String BOT = "{\"platform\":\"zoom\",\"native_meeting_id\":\"6300000001\"}";

    private final TestApi api = TestApi.shared();
    private final String key = UUID.randomUUID().toString();

    @Test
    void sendsOneBot_howeverOftenTheRequestComes() {
        Account account = api.account(5);
        Answer first = post(account, "/bots", BOT);
        Answer again = post(account, "/bots", BOT);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.raw().headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(api.get(account, "/meetings").body().path("meetings")).hasSize(1);

        Answer other = post(account, "/bots", BOT.replace("0001", "0002"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.detail()).isEqualTo("Idempotency-Key was used for another request");
        assertThat(post(api.account(1), "/bots", BOT).status()).isEqualTo(201);
    }

    @Test
    void sendsOneBot_whenTheRequestComesManyTimesAtOnce() {
        Account account = api.account(5);
        List<Answer> answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(account, "/bots", BOT)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).extracting(Answer::status).containsOnly(201, 409).contains(201);
        assertThat(answers.stream().filter(answer -> answer.status() == 409))
                .allMatch(answer -> answer.detail().equals("A request with this Idempotency-Key is being answered"));
        assertThat(api.get(account, "/meetings").body().path("meetings")).hasSize(1);
    }

    @Test
    void repeatsRefusals() {
        Account account = api.account(0);
        Answer refused = post(account, "/bots", BOT);
        api.admin("PATCH", "/admin/users/" + account.userId(), "{\"max_concurrent_bots\":1}");
        Answer again = post(account, "/bots", BOT);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(again.body()).isEqualTo(refused.body());
        assertThat(again.raw().headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void showsAKeyAgain_toWhomItWasShown_andKeepsItSealed() {
        long user = api.account(1).userId();
        String path = "/admin/users/" + user + "/tokens";
        Answer first = admin(path);
        Answer again = admin(path);
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(api.admin("GET", "/admin/users/" + user, null).body().path("api_tokens"))
                .hasSize(2);
        String token = first.body().path("token").asString();
        assertThat(api.count("select count(*) from earshot.idempotent_requests" + " where position('" + token
                        + "'::bytea in body) > 0"))
                .isZero();
    }

    @Test
    void doesItOnce_whereTheAnswerIsShortOrThereIsNoBody() {
        Account account = api.account(1);
        long meeting = api.post(account, "/bots", BOT).body().path("id").asLong();
        Answer first = post(account, "/meetings/" + meeting + "/stream-token", null);
        Answer again = post(account, "/meetings/" + meeting + "/stream-token", null);
        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "x"})
    void asksForAKeyOfSomeLength(String letter) {
        Answer answer = send(api.account(1), "/bots", BOT, letter.isBlank() ? letter : letter.repeat(256));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("Idempotency-Key must have 1 to 255 characters");
    }

    private Answer post(Account account, String path, String body) {
        return send(account, path, body, key);
    }

    private Answer admin(String path) {
        return api.send(
                "POST",
                api.url(path),
                body -> body.header("X-Admin-API-Key", TestApi.ADMIN_TOKEN).header("Idempotency-Key", key),
                null);
    }

    private Answer send(Account account, String path, String body, String idempotencyKey) {
        return api.send(
                "POST",
                api.url(path),
                request -> request.header("X-API-Key", account.key()).header("Idempotency-Key", idempotencyKey),
                body);
    }
}
