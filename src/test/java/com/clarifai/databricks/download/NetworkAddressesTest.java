package com.clarifai.databricks.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:0:1::"
            })
    void knowsWhatIsNotPublic(String address) throws UnknownHostException {
        assertThat(NetworkAddresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "93.184.216.34",
                "100.63.0.1",
                "100.128.0.1",
                "172.32.0.1",
                "192.1.0.1",
                "223.255.255.1",
                "2606:2800:220:1::1",
                "2001:4860:4860::8888",
                "::ffff:8.8.8.8"
            })
    void letsThePublicInternetThrough(String address) throws UnknownHostException {
        assertThat(NetworkAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }
}
