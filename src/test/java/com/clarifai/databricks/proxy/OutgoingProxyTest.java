package com.clarifai.databricks.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.proxy.ProxyServer.Login;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingProxyTest {

    private static final URI HTTPS = URI.create("https://db.example.com/api");
    private static final URI HTTP = URI.create("http://db.example.com/api");

    private static OutgoingProxy ofUrl(String url) {
        return OutgoingProxy.of(url, "", "", "", new Properties(), Map.of());
    }

    private static OutgoingProxy ofEnvironment(Map<String, String> environment) {
        return OutgoingProxy.of(null, null, null, null, new Properties(), environment);
    }

    @Test
    void withoutASettingNothingLeadsThroughAProxy() {
        assertThat(ofEnvironment(Map.of("HTTPS_PROXY", " ")).to(HTTPS)).isEmpty();
        assertThat(ofEnvironment(Map.of()).isSet()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128,proxy,3128",
        "proxy.example.com:3128/,proxy.example.com,3128",
        "HTTP://10.0.0.1,10.0.0.1,80",
        "http://[fd00::1]:8080,fd00::1,8080",
    })
    void anAddressHasAHostAndMayHaveAPort(String url, String host, int port) {
        assertThat(ofUrl(url).to(HTTPS)).contains(new ProxyServer(host, port, Optional.empty(), "proxy.url"));
        assertThat(ofUrl(url).to(HTTP)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "http://ada:secret@proxy:1 ada secret",
                "http://a%20d%2Ba:p%40s%3As%2Fw%23%25@proxy:1 'a d+a' p@s:s/w#%",
                "http://ada:p@ss/w:rd@proxy:1 ada p@ss/w:rd",
                "http://corp%5Cada:a+b@proxy:1 corp\\ada a+b",
                "http://token@proxy:1 token ''",
            })
    void userAndPasswordOfAnAddressAreDecoded(String url, String user, String password) {
        assertThat(ofUrl(url).to(HTTPS).flatMap(ProxyServer::login)).contains(new Login(user, password));
    }

    @Test
    void userAndPasswordOfTheirOwnSettingsAreTakenAsTheyAreAndWin() {
        OutgoingProxy proxy =
                OutgoingProxy.of("http://other:one@proxy:1", "a%20da", "p@ss:%41", "", new Properties(), Map.of());

        assertThat(proxy.to(HTTPS).flatMap(ProxyServer::login)).contains(new Login("a%20da", "p@ss:%41"));
        assertThat(proxy.to(HTTPS).flatMap(ProxyServer::authorization)).contains("Basic YSUyMGRhOnBAc3M6JTQx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ada:secret9@proxy:1",
                "socks5://ada:secret9@proxy:1",
                "http://ada:secret9@pro xy:1",
                "http://ada:secret9@proxy:70000",
                "http://ada:secret9@proxy:x",
                "http://ada:secret9%zz@proxy:1",
                "http://ada:secret9@",
                "http://a%3Ada:secret9@proxy:1"
            })
    void anAddressThatIsNoneIsRefusedWithoutShowingThePassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofUrl(url))
                .withMessageMatching("(?s)(proxy\\.url|the name of a proxy's user) .*")
                .withMessageNotContaining("secret9")
                .withNoCause();
    }

    @Test
    void aPasswordNeedsAUser() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutgoingProxy.of("proxy:1", "", "secret9", "", new Properties(), Map.of()))
                .withMessage("proxy.password is set without proxy.user");
    }

    @Test
    void theEnvironmentNamesOneProxyForEachScheme() {
        OutgoingProxy proxy =
                ofEnvironment(Map.of("HTTPS_PROXY", "http://secure:1", "http_proxy", "plain:2", "NO_PROXY", "a.com"));

        assertThat(proxy.to(HTTPS)).contains(new ProxyServer("secure", 1, Optional.empty(), "HTTPS_PROXY"));
        assertThat(proxy.to(HTTP)).contains(new ProxyServer("plain", 2, Optional.empty(), "HTTP_PROXY"));
        assertThat(proxy.to(URI.create("https://sub.a.com"))).isEmpty();
        assertThat(ofEnvironment(Map.of("https_proxy", "small:1", "HTTPS_PROXY", "capital:1"))
                        .to(HTTPS)
                        .map(ProxyServer::host))
                .contains("small");
        assertThat(ofEnvironment(Map.of("HTTPS_PROXY", "http://secure:1")).to(HTTP))
                .isEmpty();
    }

    @Test
    void settingsWinOverJavasPropertiesAndThoseOverTheEnvironment() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://environment:1", "NO_PROXY", "*");
        Properties java = new Properties();
        java.putAll(Map.of("https.proxyHost", "java", "https.proxyPort", "2", "http.nonProxyHosts", "*.b.com|10.*"));

        OutgoingProxy ofJava = OutgoingProxy.of("", "", "", "", java, environment);
        assertThat(ofJava.to(HTTPS)).contains(new ProxyServer("java", 2, Optional.empty(), "-Dhttps.proxyHost"));
        assertThat(ofJava.to(URI.create("https://x.b.com"))).isEmpty();
        assertThat(ofJava.to(URI.create("https://10.1.2.3"))).isEmpty();

        OutgoingProxy set = OutgoingProxy.of("http://setting:3", "", "", "c.com", java, environment);
        assertThat(set.to(HTTPS).map(ProxyServer::host)).contains("setting");
        assertThat(set.to(URI.create("https://x.b.com"))).isPresent();
        assertThat(set.to(URI.create("https://c.com"))).isEmpty();
    }

    @Test
    void whoUsesAProxyIsShownNowhere() {
        ProxyServer server = ofUrl("http://ada:secret9@proxy:1").to(HTTPS).orElseThrow();

        assertThat(server).hasToString("http://proxy:1");
        assertThat(server.login().orElseThrow().toString()).doesNotContain("ada", "secret9");
    }

    @Test
    void aRemarkNamesTheProxyOfATarget() {
        ProxySettings settings = new ProxySettings();
        settings.setUrl("http://ada:secret9@proxy:1");
        settings.setBypass("near.example.com");

        assertThat(settings.remark("db.example.com")).isEqualTo(", through the proxy http://proxy:1");
        assertThat(settings.remark("https://near.example.com:444/x")).isEmpty();
        assertThat(settings.remark("", "https://s3.amazonaws.com")).endsWith("http://proxy:1");
    }
}
