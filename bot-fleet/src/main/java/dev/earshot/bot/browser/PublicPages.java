package dev.earshot.bot.browser;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells pages of the public Internet from those inside: whoever may send a bot to an address must not reach with it what
 * only its node can reach. The API asks before it sends a bot, and judges addresses alike; the bot asks again, for names change
 * and pages redirect.
 */
public final class PublicPages {

    /** Source: the IANA special-purpose address registries. */
    private static final List<Block> INSIDE = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Block::of)
            .toList();

    /** All of IPv6 that is given out. Loopback, unique local, link-local and multicast addresses lie outside. */
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");

    /** IPv4 over IPv6-only networks: the last four bytes are where it leads. */
    private static final Block NAT64 = Block.of("64:ff9b::/96");

    private static final int IPV4_IN_NAT64 = 12;

    private PublicPages() {}

    /** Why a page is not to be opened, as a sentence; empty when it is public. Asks the name service. */
    public static Optional<String> complaint(String url) {
        String host = host(url);
        if (host.isEmpty()) {
            return Optional.of("Address " + url + " names no host.");
        }
        try {
            return Stream.of(InetAddress.getAllByName(host)).allMatch(PublicPages::isPublic)
                    ? Optional.empty()
                    : Optional.of("Host " + host + " is not on the public Internet (PRIVATE_MEETINGS=true lets bots"
                            + " go there all the same).");
        } catch (UnknownHostException e) {
            return Optional.of("Host " + host + " is not known.");
        }
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Whether anybody on the Internet could reach it. */
    public static boolean isPublic(InetAddress address) {
        if (NAT64.covers(address)) {
            byte[] bytes = address.getAddress();
            return isPublic(ofBytes(Arrays.copyOfRange(bytes, IPV4_IN_NAT64, bytes.length)));
        }
        boolean givenOut = address instanceof Inet4Address || GLOBAL_UNICAST.covers(address);
        return givenOut && INSIDE.stream().noneMatch(block -> block.covers(address));
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(bytes.length + " bytes (expected: an address)", e);
        }
    }

    /** Addresses that begin alike, as {@code 10.0.0.0/8}. */
    private record Block(byte[] first, int hostBits) {

        private static Block of(String block) {
            String[] parts = block.split("/", 2);
            try {
                byte[] first = InetAddress.getByName(parts[0]).getAddress();
                return new Block(first, Byte.SIZE * first.length - Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(block + " (expected: address/bits)", e);
            }
        }

        private boolean covers(InetAddress address) {
            byte[] bytes = address.getAddress();
            return bytes.length == first.length
                    && new BigInteger(1, bytes).xor(new BigInteger(1, first)).bitLength() <= hostBits;
        }
    }
}
