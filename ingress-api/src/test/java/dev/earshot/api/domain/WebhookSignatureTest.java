package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    /** The example of the Standard Webhooks specification and its libraries. */
    private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    @Test
    void signsAsTheStandardHasIt() {
        assertThat(WebhookSignature.headers(STANDARD_SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", AT, BODY))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void signsAsTheContractHasIt() {
        // echo -n '1614265330.{"test": 2432232314}' | openssl dgst -sha256 -hmac secret
        assertThat(WebhookSignature.headers("secret", "evt_1", AT, BODY))
                .containsEntry("Authorization", "Bearer secret")
                .containsEntry("X-Webhook-Timestamp", "1614265330")
                .containsEntry(
                        "X-Webhook-Signature",
                        "sha256=d0c5e92cbfd6a4ad865333d1e79ed52ba82849d84281eff5e3c3233e92439630");
    }

    @Test
    void provesNothing_withoutASecret() {
        assertThat(WebhookSignature.headers(null, "evt_1", AT, BODY))
                .containsOnlyKeys("webhook-id", "webhook-timestamp", "X-Webhook-Timestamp");
    }

    @Test
    void takesASecretAsItIs_thatOnlyLooksLikeOneOfTheStandard() {
        var odd = WebhookSignature.headers("whsec_***", "evt_1", AT, BODY);
        assertThat(odd.get("webhook-signature"))
                .startsWith("v1,")
                .isNotEqualTo(
                        WebhookSignature.headers("whsec_", "evt_1", AT, BODY).get("webhook-signature"));
    }
}
