package dev.earshot.bot.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPagesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "192.168.1.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "ff02::1",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "192.0.2.1",
                "198.18.0.1",
                "2001:db8::1"
            })
    void addressesInside_areNotPublic(String address) throws Exception {
        assertThat(PublicPages.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.32.0.1",
                "2606:4700::1111",
                "64:ff9b::808:808"
            })
    void addressesOfEverybody_arePublic(String address) throws Exception {
        assertThat(PublicPages.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void complaintSaysWhatIsWrong() {
        assertThat(PublicPages.complaint("https://127.0.0.1/room")).hasValueSatisfying(sentence -> assertThat(sentence)
                .startsWith("Host 127.0.0.1 is not on the public Internet")
                .contains("PRIVATE_MEETINGS=true"));
        assertThat(PublicPages.complaint("https://localhost:8443/room")).isPresent();
        assertThat(PublicPages.complaint("https:///room")).hasValue("Address https:///room names no host.");
        assertThat(PublicPages.complaint("https://8.8.8.8/room")).isEmpty();
    }
}
