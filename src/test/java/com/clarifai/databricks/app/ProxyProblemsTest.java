package com.clarifai.databricks.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.proxy.ProxyServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class ProxyProblemsTest {

    private static final URI TARGET = URI.create("https://db.example.com");

    private static Optional<ProxyServer> proxy(String url) {
        return OutgoingProxy.of(url, "", "", "").to(TARGET);
    }

    private static ProxyException answer(int status, String url) {
        return ProxyException.answered(status, proxy(url).orElseThrow(), TARGET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "407|http://proxy:1|wants a user and a password (407); set proxy.user and proxy.password (PROXY_USER, PROXY_PASSWORD)",
                "407|http://ada:secret9@proxy:1|does not take this user and password (407); check proxy.user and proxy.password",
                "403|http://proxy:1|refuses to connect to db.example.com (403); allow that host there, or list the host in proxy.bypass",
                "503|http://proxy:1|does not get through to db.example.com (503); check the host's address",
            })
    void whatTheProxyAnswersIsToldWithTheSettingThatHelps(int status, String url, String told) {
        SQLException failure = new SQLException(
                "Databricks unreachable: " + answer(status, url).getMessage());
        failure.initCause(answer(status, url));

        assertThat(Problems.describe(failure))
                .contains("the proxy http://proxy:1 " + told)
                .doesNotContain("secret9");
    }

    @Test
    void aProxyThatIsNotThereIsToldWithItsSetting() {
        ProxyException gone = ProxyException.in(new ConnectException(), proxy("proxy:1"), TARGET)
                .orElseThrow();

        assertThat(Problems.describe(gone))
                .isEqualTo(
                        "the proxy http://proxy:1 cannot be reached: no connection; check proxy.url (PROXY_URL), or list"
                                + " the host in proxy.bypass (PROXY_BYPASS, NO_PROXY) if it is reached without");
    }

    @Test
    void whatLiesBeyondTheProxyIsNotTheProxys() {
        assertThat(ProxyException.in(new SSLHandshakeException("PKIX"), proxy("proxy:1"), TARGET))
                .isEmpty();
        assertThat(ProxyException.in(new IOException("connection reset"), proxy("proxy:1"), TARGET))
                .isEmpty();
        assertThat(ProxyException.in(new ConnectException(), Optional.empty(), TARGET))
                .isEmpty();
        assertThat(ProxyException.in(403, proxy("proxy:1"), TARGET)).isEmpty();
    }

    @Test
    void anS3ThatIsNotTrustedLeadsToItsCertificateAuthority() {
        Exception untrusted = SdkClientException.create("Unable to execute", new SSLHandshakeException("PKIX failed"));

        assertThat(Problems.describe(untrusted)).startsWith("S3: PKIX failed; ").contains("s3.ca-file (S3_CA_FILE)");
    }
}
