package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealedAnswerTest {

    private static final byte[] ANSWER = "{\"token\":\"vxa_bot_x\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void opensWhatItSealed_andNobodyElseDoes() {
        byte[] sealed = new SealedAnswer("secret", 7, "key").seal(ANSWER);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("vxa_");
        assertThat(new SealedAnswer("secret", 7, "key").open(sealed)).isEqualTo(ANSWER);
        for (var other : new SealedAnswer[] {
            new SealedAnswer("secret", 7, "yek"),
            new SealedAnswer("secret", 8, "key"),
            new SealedAnswer("terces", 7, "key")
        }) {
            assertThatThrownBy(() -> other.open(sealed)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void sealsNothing_andTheSameTwiceDifferently() {
        var seal = new SealedAnswer("secret", 7, "key");
        assertThat(seal.open(seal.seal(new byte[0]))).isEmpty();
        assertThat(seal.seal(ANSWER)).isNotEqualTo(seal.seal(ANSWER));
    }
}
