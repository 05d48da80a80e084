package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "192.167.1.1",
                "223.255.255.255",
                "2600::1",
                "2a00:1450:4001:80b::200e",
                "64:ff9b::808:808"
            })
    void goesToThePublicInternet(String address) throws UnknownHostException {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.19.255.255",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "fc00::1",
                "fdff:ffff::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void doesNotGoInside(String address) throws UnknownHostException {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isFalse();
    }
}
