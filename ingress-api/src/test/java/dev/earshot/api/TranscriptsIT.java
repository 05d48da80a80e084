package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import dev.earshot.schema.avro.MeetingEventType;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TranscriptsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestApi api = TestApi.shared();

    @Test
    void pagesThroughATranscript_withPendingTextBehindTheLastPage() {
        Account account = api.account(1);
        long meeting = ask(account, "6200000001");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            for (int i = 0; i < 5; i++) {
                writer.say("t0", "Ada", i * 1000L, i * 1000L + 900, "sentence " + i);
            }
            writer.live("t0", "Ada", List.of(writer.text("t0", 6000, 6500, "and now", false)), List.of());

            Answer first = api.get(account, "/transcripts/zoom/6200000001?limit=3");
            assertThat(texts(first)).containsExactly("sentence 0", "sentence 1", "sentence 2");
            assertThat(first.body().path("has_more").asBoolean()).isTrue();
            assertThat(first.body().path("cursor").asLong()).isEqualTo(3);

            Answer second = api.get(account, "/transcripts/zoom/6200000001?limit=3&after=3");
            assertThat(texts(second)).containsExactly("sentence 3", "sentence 4", "and now");
            assertThat(second.body().path("has_more").asBoolean()).isFalse();
            assertThat(second.body().path("segments").get(2).path("completed").asBoolean())
                    .isFalse();

            Answer whole = api.get(account, "/transcripts/zoom/6200000001?meeting_id=" + meeting);
            assertThat(texts(whole)).hasSize(6);
        }
    }

    @Test
    void findsWhatWasSaid_inMeetingsOfOnesOwnOnly() {
        Account account = api.account(2);
        Account stranger = api.account(1);
        long first = ask(account, "6200000011");
        long second = ask(account, "6200000012");
        long foreign = ask(stranger, "6200000011");
        api.send(
                "PATCH",
                api.url("/meetings/zoom/6200000012"),
                "X-API-Key",
                account.key(),
                "{\"data\":{\"name\":\"Budget\"}}");
        try (var a = TranscriptWriter.of(api, first);
                var b = TranscriptWriter.of(api, second);
                var c = TranscriptWriter.of(api, foreign)) {
            a.say("t0", "Ada", 0, 900, "the Zebra costs 100% more");
            a.gap("t0", 1000, 2000, "lost");
            b.say("t0", "Bob", 0, 900, "a zebra_crossing");
            c.say("t0", "Eve", 0, 900, "zebra");
        }
        Answer found = api.get(account, "/transcripts?q=zebra");
        assertThat(hits(found)).containsExactly("a zebra_crossing", "the Zebra costs 100% more");
        JsonNode newest = found.body().path("hits").get(0);
        assertThat(newest.path("meeting_id").asLong()).isEqualTo(second);
        assertThat(newest.path("meeting_name").asString()).isEqualTo("Budget");
        assertThat(newest.path("native_meeting_id").asString()).isEqualTo("6200000012");
        assertThat(newest.path("segment").path("speaker").asString()).isEqualTo("Bob");

        assertThat(hits(api.get(account, "/transcripts?q=zebra&meeting_id=" + first)))
                .containsExactly("the Zebra costs 100% more");
        assertThat(hits(api.get(account, "/transcripts?q=100%25"))).containsExactly("the Zebra costs 100% more");
        assertThat(hits(api.get(account, "/transcripts?q=a_c"))).containsExactly("a zebra_crossing");
        Answer page = api.get(account, "/transcripts?q=zebra&limit=1");
        assertThat(hits(page)).containsExactly("a zebra_crossing");
        assertThat(page.body().path("has_more").asBoolean()).isTrue();
        assertThat(hits(api.get(account, "/transcripts?q=zebra&limit=1&offset=1")))
                .containsExactly("the Zebra costs 100% more");
        assertThat(hits(api.get(stranger, "/transcripts?q=zebra&meeting_id=" + first)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        txt  | text/plain;charset=UTF-8           | [00:00:01.000] Ada: <b>5 > 4</b>
        vtt  | text/vtt;charset=UTF-8             | <v Ada>&lt;b&gt;5 &gt; 4&lt;/b&gt;
        srt  | application/x-subrip;charset=UTF-8 | 00:00:01,000 --> 00:00:01,900
        json | application/json                   | "text" : "<b>5 > 4</b>"
        """)
    void exports(String format, String mediaType, String content) {
        Account account = api.account(1);
        long meeting = ask(account, "6200000021");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            writer.say("t0", "Ada", 1000, 1900, "<b>5 > 4</b>");
            writer.status("active", null);
        }
        Answer file = api.get(account, "/transcripts/zoom/6200000021/export?format=" + format);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.raw().headers().firstValue("Content-Type")).hasValue(mediaType);
        assertThat(file.raw().headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"transcript-zoom-" + meeting + "." + format + "\"");
        assertThat(file.raw().body()).contains(content);
    }

    @Test
    void sharesATranscript_withoutAKey() {
        Account account = api.account(1);
        long meeting = ask(account, "6200000031");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            writer.say("t0", "Ada", 0, 900, "shared\n[2026-01-01 00:00:00] Eve: forged");
        }
        Answer share = api.post(account, "/transcripts/zoom/6200000031/share?ttl_seconds=5", "");
        assertThat(share.status()).isEqualTo(200);
        assertThat(share.body().propertyNames()).containsExactly("share_id", "url", "expires_at", "expires_in_seconds");
        assertThat(share.body().path("expires_in_seconds").asInt()).isEqualTo(60);
        String url = share.body().path("url").asString();
        assertThat(url).startsWith(api.url("/public/transcripts/")).endsWith(".txt");
        assertThat(share.raw().body()).doesNotContain(account.key());

        Answer read = api.send("GET", url, "", "", null);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.raw().body())
                .startsWith("Meeting transcript\nPlatform: zoom\nMeeting ID: 6200000031\n")
                .containsPattern("\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d] Ada: shared \\[2026-01-01");
        assertThat(read.raw().headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(read.raw().headers().firstValue("X-Robots-Tag")).hasValue("noindex");
        assertThat(read.raw().headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");

        Answer behindAProxy = api.send(
                "POST",
                api.url("/transcripts/zoom/6200000031/share"),
                request -> request.header("X-API-Key", account.key())
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Host", "earshot.example"),
                "");
        assertThat(behindAProxy.body().path("url").asString())
                .matches("https://earshot\\.example/public/transcripts/[A-Za-z0-9_-]+\\.txt");

        long longest = api.post(account, "/transcripts/zoom/6200000031/share?ttl_seconds=999999", "")
                .body()
                .path("expires_in_seconds")
                .asLong();
        assertThat(longest).isEqualTo(86_400);
        assertThat(api.post(api.account(1), "/transcripts/zoom/6200000031/share", "")
                        .detail())
                .isEqualTo("Meeting not found for platform zoom and ID 6200000031");

        api.sql("update earshot.share_links set expires_at = now() where meeting_id = " + meeting);
        assertThat(api.send("GET", url, "", "", null).detail()).isEqualTo("Share link expired or not found");
    }

    @Test
    void tellsWhoSpoke() {
        Account account = api.account(1);
        long meeting = ask(account, "6200000041");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            writer.say("t0", "Bob", 0, 1500, "one");
            writer.say("t1", "Ada", 2000, 2250, "two");
            writer.say("t1", "Ada", 3000, 3250, "three");
            writer.say("t2", null, 4000, 4100, "four");
            writer.say("t3", " ", 5000, 5100, "five");
        }
        JsonNode body = api.get(account, "/bots/zoom/6200000041/participants").body();
        assertThat(body.path("id").asLong()).isEqualTo(meeting);
        assertThat(body.path("participant_count").asInt()).isEqualTo(3);
        assertThat(body.path("participants"))
                .extracting(each -> each.path("name").asString() + " "
                        + each.path("segment_count").asInt() + " "
                        + each.path("speaking_time_seconds").asDouble())
                .containsExactly("Ada 2 0.5", "Unknown 2 0.2", "Bob 1 1.5");
        assertThat(body.path("participants").get(0).path("first_seen").asString())
                .endsWith("Z");
    }

    @Test
    @SuppressWarnings("checkstyle:MethodLength") // One story, told in its order.
    void deletesWhatWasSaid_andWhereItWas() {
        Account account = api.account(1);
        long meeting = ask(account, "6200000051");
        String link;
        try (var bot = TranscriptWriter.of(api, meeting)) {
            bot.say("t0", "Ada", 0, 900, "forget me");
            bot.live("t0", "Ada", List.of(bot.text("t0", 1000, 1500, "me too", false)), List.of());
            bot.event(MeetingEventType.STATUS_CHANGED, "joining", null);
            bot.event(MeetingEventType.STATUS_CHANGED, "failed", "evicted");
            await().atMost(PATIENCE).until(() -> api.get(account, "/meetings/" + meeting)
                    .body()
                    .path("status")
                    .asString()
                    .equals("failed"));
            link = api.post(account, "/transcripts/zoom/6200000051/share", "")
                    .body()
                    .path("url")
                    .asString();
            api.send(
                    "PATCH",
                    api.url("/meetings/zoom/6200000051"),
                    "X-API-Key",
                    account.key(),
                    "{\"data\":{\"notes\":\"secret\"}}");
        }
        String feed = "/meetings/" + meeting + "/events?token="
                + api.post(account, "/meetings/" + meeting + "/stream-token", "")
                        .body()
                        .path("token")
                        .asString();
        try (var reader = EventStream.open(api.url(feed), "", 0)) {
            await().atMost(PATIENCE).until(() -> !reader.withId().isEmpty());
        }
        Answer deleted = api.delete(account, "/meetings/zoom/6200000051");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(api.send("GET", api.url(feed), "", "", null).status()).isEqualTo(404);
        assertThat(api.count("select count(*) from transcript.deleted where meeting_id = " + meeting))
                .isEqualTo(1);
        assertThat(deleted.body().path("message").asString())
                .isEqualTo("Meeting transcripts deleted and data anonymized");

        assertThat(List.of("meeting.event.v1", "bot.claim.v1"))
                .allSatisfy(
                        topic -> assertThat(api.hasTombstone(topic, meeting)).isTrue());
        JsonNode left = api.get(account, "/meetings/" + meeting).body();
        assertThat(left.path("native_meeting_id").isNull()).isTrue();
        assertThat(left.path("constructed_meeting_url").isNull()).isTrue();
        assertThat(left.path("data").propertyNames())
                .containsExactlyInAnyOrder("status_transition", "completion_reason", "failure_stage", "redacted");
        assertThat(api.send("GET", link, "", "", null).status()).isEqualTo(404);
        assertThat(api.get(account, "/transcripts?q=forget").body().path("hits"))
                .isEmpty();
        assertThat(api.delete(account, "/meetings/zoom/6200000051").status()).isEqualTo(404);
        assertThat(api.get(account, "/transcripts/zoom/6200000051").detail())
                .isEqualTo("Meeting not found for platform zoom and ID 6200000051");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
        GET    | /transcripts                                  | -                                | 422
        GET    | /transcripts?q=                               | -                                | 422
        GET    | /transcripts?q=a&limit=0                      | -                                | 422
        GET    | /transcripts?q=a&offset=-1                    | -                                | 422
        GET    | /transcripts?q=a&meeting_id=x                 | -                                | 422
        GET    | /transcripts/zoom/1?limit=0                   | -                                | 422
        GET    | /transcripts/zoom/1/export?format=doc         | -                                | 422
        GET    | /transcripts/zoom/1/export                    | -                                | 404
        GET    | /transcripts/webex/1/export                   | -                                | 422
        POST   | /transcripts/zoom/1/share?ttl_seconds=soon    | -                                | 422
        POST   | /transcripts/zoom/1/share?meeting_id=7        | -                                | 404
        GET    | /bots/webex/1/participants                    | -                                | 422
        GET    | /bots/zoom/1/participants                     | -                                | 404
        GET    | /bots/zoom/1/events?limit=201                 | -                                | 422
        GET    | /bots/zoom/1/events                           | -                                | 404
        PUT    | /bots/zoom/1/config                           | {"language":"xx"}                | 422
        PUT    | /bots/zoom/1/config                           | {"task":"sing"}                  | 422
        PUT    | /bots/zoom/1/config                           | {"allowed_languages":["de"]}     | 501
        PUT    | /bots/zoom/1/config                           | {"language":"en"}                | 404
        PUT    | /bots/webex/1/config                          | {}                               | 422
        PATCH  | /meetings/zoom/1                              | {}                               | 400
        PATCH  | /meetings/zoom/1                              | {"data":{}}                      | 400
        PATCH  | /meetings/zoom/1                              | {"data":{"other":1}}             | 400
        PATCH  | /meetings/zoom/1                              | {"data":[]}                      | 422
        PATCH  | /meetings/zoom/1                              | {"data":{"name":7}}              | 422
        PATCH  | /meetings/zoom/1                              | {"data":{"participants":"Ada"}}  | 422
        PATCH  | /meetings/zoom/1                              | {"data":{"languages":["xx"]}}    | 422
        PATCH  | /meetings/zoom/1                              | {"data":{"name":"x"}}            | 404
        PATCH  | /meetings/webex/1                             | {"data":{"name":"x"}}            | 422
        DELETE | /meetings/zoom/1                              | -                                | 404
        DELETE | /meetings/webex/1                             | -                                | 422
        GET    | /recordings?limit=201                         | -                                | 422
        GET    | /recordings/x                                 | -                                | 422
        POST   | /bots/webex/1/speak                           | {}                               | 422
        """)
    void answersBadInputInASentence(String method, String path, String body, int status) {
        Answer answer =
                api.send(method, api.url(path), "X-API-Key", api.account(1).key(), body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.body().has("detail")).isTrue();
        assertThat(answer.raw().body()).doesNotContain("Exception").doesNotContain("dev.earshot");
    }

    private long ask(Account account, String nativeId) {
        return api.post(account, "/bots", "{\"platform\":\"zoom\",\"native_meeting_id\":\"" + nativeId + "\"}")
                .body()
                .path("id")
                .asLong();
    }

    private static List<String> texts(Answer answer) {
        return StreamSupport.stream(answer.body().path("segments").spliterator(), false)
                .map(segment -> segment.path("text").asString())
                .toList();
    }

    private static List<String> hits(Answer answer) {
        return StreamSupport.stream(answer.body().path("hits").spliterator(), false)
                .map(hit -> hit.path("segment").path("text").asString())
                .toList();
    }
}
