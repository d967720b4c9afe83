package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.proxy.FakeProxy;
import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API and images behind a proxy: by names that nobody else can resolve, so that there is no other way to them. */
@Timeout(60)
class ClarifaiProxyTest {

    private static final String LOGIN = "Basic YWRhOnBAc3M6dw==";

    private final FakeClarifai clarifai = new FakeClarifai();

    @AfterEach
    void stop() {
        clarifai.close();
    }

    private static OutgoingProxy through(String url) {
        return OutgoingProxy.of(url, "ada", "p@ss:w", "");
    }

    private static ClarifaiSettings settings(String baseUrl, OutgoingProxy proxy) {
        return ClarifaiSettings.of(baseUrl, FakeClarifai.PAT)
                .withRetries(ClarifaiFixture.QUICK_RETRIES)
                .withProxy(proxy);
    }

    private ClarifaiException failure(String baseUrl, OutgoingProxy proxy) {
        try (ClarifaiClient client = new ClarifaiClient(settings(baseUrl, proxy))) {
            return catchThrowableOfType(
                    ClarifaiException.class,
                    () -> ClarifaiClient.join(client.users().get("me")));
        }
    }

    @Test
    void callsGoThroughATunnelWithThePassword() {
        String named = FakeProxy.named("clarifai", clarifai.url());
        try (FakeProxy proxy = new FakeProxy(LOGIN);
                ClarifaiClient client = new ClarifaiClient(settings(named, through(proxy.url())))) {
            assertThat(ClarifaiClient.join(client.apps().list("me", 2)).hasNext())
                    .isTrue();

            assertThat(proxy.targets()).containsExactly("clarifai.test.internal");
        }
    }

    @Test
    void aProxyThatLetsNobodyThroughIsNamedWithTheReason() {
        String named = FakeProxy.named("clarifai", clarifai.url());
        try (FakeProxy proxy = new FakeProxy("Basic other")) {
            ClarifaiException wrong = failure(named, through(proxy.url()));
            assertThat(wrong.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(wrong)
                    .hasMessageContaining("the proxy " + proxy.url() + " does not take this user and password (407)")
                    .hasMessageNotContaining("p@ss");
            assertThat(failure(named, OutgoingProxy.of(proxy.url(), "", "", "")))
                    .hasMessageContaining("wants a user and a password (407)");
            proxy.close();
            assertThat(failure(named, through(proxy.url()))).hasMessageContaining("cannot be reached: no connection");
        }
        try (FakeProxy proxy = new FakeProxy()) {
            assertThat(failure("https://api.example.com", through(proxy.url())))
                    .hasMessageContaining("refuses to connect to api.example.com (403)")
                    .satisfies(refused ->
                            assertThat(ProxyException.behind(refused)).isPresent());
        }
        assertThat(failure(named, through("http://proxy.invalid:3128")))
                .hasMessageContaining("the proxy http://proxy.invalid:3128 cannot be reached: unknown host");
    }
}
