package com.clarifai.databricks.download;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells the addresses of the public Internet from those that lead into the network that this program runs in. */
final class NetworkAddresses {

    private NetworkAddresses() {}

    /** Neither this machine, its network or its cloud's metadata service, nor anything else that is not public. */
    static boolean isPublic(InetAddress address) {
        boolean special = address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return !special && !isSpecial4(bytes[0] & 0xFF, bytes[1] & 0xFF);
        }
        return !special && address instanceof Inet6Address && isGlobal6(bytes);
    }

    /** "This" network, carrier-grade NAT (RFC 6598), protocol assignments, benchmarking and the reserved block. */
    private static boolean isSpecial4(int first, int second) {
        return first == 0
                || first == 100 && second >= 64 && second < 128
                || first == 192 && second == 0
                || first == 198 && (second == 18 || second == 19)
                || first >= 240;
    }

    /** What is assigned: 2000::/3 (RFC 4291), except for tunnels to IPv4 addresses: Teredo (2001::/32) and 6to4 (2002::/16). */
    private static boolean isGlobal6(byte[] bytes) {
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return (bytes[0] & 0xE0) == 0x20 && !teredo && !sixToFour;
    }
}
