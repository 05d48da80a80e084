package dev.earshot.api.domain;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Tells addresses of the public Internet from those inside: whoever may name an address that we connect to must not reach
 * what only we can reach. The bot fleet judges pages alike. Source: the IANA special-purpose address registries for IPv4 and IPv6.
 */
public final class PublicAddress {

    private static final List<Block> INSIDE = List.of(
            Block.of("0.0.0.0", 8),
            Block.of("10.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("127.0.0.0", 8),
            Block.of("169.254.0.0", 16),
            Block.of("172.16.0.0", 12),
            Block.of("192.0.0.0", 24),
            Block.of("192.0.2.0", 24),
            Block.of("192.88.99.0", 24),
            Block.of("192.168.0.0", 16),
            Block.of("198.18.0.0", 15),
            Block.of("198.51.100.0", 24),
            Block.of("203.0.113.0", 24),
            Block.of("224.0.0.0", 4),
            Block.of("240.0.0.0", 4),
            // Of IPv6 what GLOBAL_UNICAST has and is not to be reached: tunnels to IPv4, documentation, benchmarks.
            Block.of("2001::", 23),
            Block.of("2001:db8::", 32),
            Block.of("2002::", 16),
            Block.of("3fff::", 20));

    /** All of IPv6 that is given out. Loopback, unique local, link-local and multicast addresses lie outside. */
    private static final Block GLOBAL_UNICAST = Block.of("2000::", 3);

    /** IPv4 over IPv6-only networks: the last four bytes are where it leads. */
    private static final Block NAT64 = Block.of("64:ff9b::", 96);

    private static final int IPV4_IN_NAT64 = 12;

    private record Block(byte[] prefix, int bits) {

        private static Block of(String address, int bits) {
            return new Block(literal(address), bits);
        }

        private boolean contains(byte[] address) {
            BigInteger difference = new BigInteger(1, address).xor(new BigInteger(1, prefix));
            return address.length == prefix.length && difference.bitLength() <= Byte.SIZE * prefix.length - bits;
        }
    }

    private PublicAddress() {}

    /** Whether anybody on the Internet could reach it. */
    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(bytes)) {
            return isPublic(ipv4(bytes));
        }
        boolean givenOut = address instanceof Inet4Address || GLOBAL_UNICAST.contains(bytes);
        return givenOut && INSIDE.stream().noneMatch(block -> block.contains(bytes));
    }

    private static InetAddress ipv4(byte[] nat64) {
        try {
            return Inet4Address.getByAddress(java.util.Arrays.copyOfRange(nat64, IPV4_IN_NAT64, nat64.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static byte[] literal(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(address + " is an address", e);
        }
    }
}
