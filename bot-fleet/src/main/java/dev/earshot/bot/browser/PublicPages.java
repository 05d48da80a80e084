package dev.earshot.bot.browser;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells pages of the public Internet from those inside: whoever may send a bot to an address must not reach with it what
 * only its node can reach. The API asks before it sends a bot; the bot asks again, for names change and pages redirect.
 */
public final class PublicPages {

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

    static boolean isPublic(InetAddress address) {
        boolean special = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            int first = bytes[0] & 0xff;
            boolean carrierGrade = first == 100 && (bytes[1] & 0xc0) == 64;
            return !special && first != 0 && first < 240 && !carrierGrade;
        }
        // Global unicast is 2000::/3. Unique local addresses and whatever hides an IPv4 address (not 6to4) lie outside.
        boolean global = address instanceof Inet6Address && (bytes[0] & 0xe0) == 0x20;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return !special && global && !sixToFour;
    }
}
