package com.clarifai.databricks.proxy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses that begin with the same bits, as {@code 10.0.0.0/8} (RFC 4632, 3.1). */
record IpNetwork(InetAddress address, int bits) {

    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

    /** Empty for what is no network. */
    static Optional<IpNetwork> parse(String text) {
        String[] parts = text.split("/", 2);
        if (parts.length < 2 || !LENGTH.matcher(parts[1]).matches()) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(parts[1]);
        return literal(parts[0])
                .filter(address -> bits <= address.getAddress().length * Byte.SIZE)
                .map(address -> new IpNetwork(address, bits));
    }

    /** Whether that is an address, not a name, in this network. */
    boolean contains(String host) {
        return literal(host)
                .map(InetAddress::getAddress)
                .filter(bytes -> bytes.length == address.getAddress().length)
                .filter(bytes -> prefix(bytes).equals(prefix(address.getAddress())))
                .isPresent();
    }

    private BigInteger prefix(byte[] bytes) {
        return new BigInteger(1, bytes).shiftRight(bytes.length * Byte.SIZE - bits);
    }

    /** Asks no name server. */
    private static Optional<InetAddress> literal(String host) {
        try {
            return LITERAL.matcher(host).matches() ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
