package com.clarifai.databricks.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyBypassTest {

    private static boolean covers(String list, String target) {
        URI url = URI.create(target);
        int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        return ProxyBypass.parse(list).covers(url, port);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,https://example.com,true",
        "example.com,https://a.b.example.com,true",
        "example.com,https://notexample.com,false",
        ".example.com,https://a.example.com,true",
        ".example.com,https://example.com,true",
        "*.example.com,https://a.example.com,true",
        "EXAMPLE.com,https://A.Example.COM,true",
        "example.com.,https://example.com,true",
        "example.com:8443,https://a.example.com:8443,true",
        "example.com:8443,https://example.com,false",
        "example.com:443,https://example.com,true",
        "example.com:80,http://example.com,true",
        "*,https://example.com,true",
        "'',https://example.com,false",
        "10.1.2.3,http://10.1.2.3,true",
        "10.0.0.0/8,http://10.200.2.3,true",
        "10.0.0.0/8,http://11.0.0.1,false",
        "10.0.0.0/8,http://10.example.com,false",
        "10.*,http://10.1.2.3,true",
        "fd00::/8,http://[fd12::1],true",
        "fd00::/8,http://[fe80::1],false",
        "[fd12::1]:8080,http://[fd12::1]:8080,true",
        "[fd12::1],http://[fd12::1],true",
        "fd12::1,http://[fd12::1],true",
        "10.0.0.0/33,http://10.0.0.1,false",
        "10.0.0.0/x,http://10.0.0.1,false",
        "'a.com, b.com;c.com|d.com',https://c.com,true",
    })
    void aListNamesHostsNetworksAndPorts(String list, String target, boolean covered) {
        assertThat(covers(list, target)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://LOCALHOST",
                "http://127.0.0.1",
                "http://127.8.9.10",
                "http://[::1]:80",
                "https://x.localhost"
            })
    void thisMachineIsNeverReachedThroughAProxy(String target) {
        assertThat(covers("", target)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost.example.com", "http://127.example.com", "http://10.0.0.1"})
    void othersAreReachedThroughIt(String target) {
        assertThat(covers("", target)).isFalse();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(8)
                .list()
                .ofMinSize(2)
                .ofMaxSize(4)
                .map(labels -> String.join(".", labels))
                .filter(name -> !name.endsWith(".localhost"));
    }

    @Property
    void whatIsListedIsCoveredWithAllBelowItAndNothingElse(
            @ForAll("names") String name,
            @ForAll("names") String other,
            @ForAll @IntRange(min = 1, max = 65_535) int port) {
        String spelt = name.toUpperCase(Locale.ROOT);
        for (String list : List.of(name, spelt, "." + name, "*." + name, other + " , " + name, name + ":" + port)) {
            assertThat(covers(list, "http://" + name + ":" + port)).as(list).isTrue();
            assertThat(covers(list, "http://" + other + "." + spelt + ":" + port))
                    .as(list)
                    .isTrue();
            assertThat(covers(list, "http://" + name + "." + other + "x:" + port))
                    .as(list)
                    .isEqualTo((name + "." + other + "x").endsWith("." + name));
        }
    }

    @Property
    void aNetworkHasTheAddressesThatBeginWithTheSameBits(
            @ForAll int network, @ForAll int address, @ForAll @IntRange(min = 0, max = 32) int bits) {
        int mask = bits == 0 ? 0 : -1 << (32 - bits);
        // every second one lies in it
        int target = (address & 1) == 0 ? address : network & mask | address & ~mask;

        assertThat(IpNetwork.parse(dotted(network) + "/" + bits).orElseThrow().contains(dotted(target)))
                .isEqualTo((network & mask) == (target & mask));
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    @Property
    void noListIsTooOddToBeRead(@ForAll @Size(max = 40) List<Character> list) {
        StringBuilder text = new StringBuilder();
        list.forEach(text::append);

        ProxyBypass.parse(text.toString()).covers(URI.create("https://db.example.com"), 443);
    }
}
