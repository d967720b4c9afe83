package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.Credentials.AzureServicePrincipal;
import com.clarifai.databricks.databricks.Credentials.ServicePrincipal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Tokens for a service principal, by the client credentials grant (RFC 6749, 4.4). One is kept until a quarter of its
 * life is left, five minutes at most, so that what begins with it has time to end.
 */
final class OAuthTokens implements TokenSource {

    /** Every workspace on Azure is this application to Entra ID. */
    private static final String AZURE_SCOPE = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";

    private static final long DEFAULT_LIFE_SECONDS = 3600;

    private final WorkspaceClient client;
    private final Supplier<URI> endpoint;
    private final UnaryOperator<WorkspaceRequest> grant;
    private final Timekeeper time;
    private String token;
    private Instant renewAt;

    private OAuthTokens(
            WorkspaceClient client, Supplier<URI> endpoint, UnaryOperator<WorkspaceRequest> grant, Timekeeper time) {
        this.client = client;
        this.endpoint = endpoint;
        this.grant = grant;
        this.time = time;
    }

    /** @param client calls the workspace's host without a token */
    static OAuthTokens of(ServicePrincipal principal, WorkspaceClient client, Timekeeper time) {
        return new OAuthTokens(
                client,
                new TokenEndpoint(client)::find,
                asked -> asked.withBasicAuthorization(principal.clientId(), principal.clientSecret())
                        .withForm(Map.of("grant_type", "client_credentials", "scope", "all-apis")),
                time);
    }

    /** @param client calls the host that gives out tokens, which is Entra ID's, without a token */
    static OAuthTokens of(AzureServicePrincipal principal, WorkspaceClient client, Timekeeper time) {
        URI endpoint =
                URI.create(client.host() + "/" + PercentEncoding.encode(principal.tenantId()) + "/oauth2/v2.0/token");
        return new OAuthTokens(
                client,
                () -> endpoint,
                asked -> asked.withBasicAuthorization(principal.clientId(), principal.clientSecret())
                        .withForm(Map.of("grant_type", "client_credentials", "scope", AZURE_SCOPE)),
                time);
    }

    @Override
    public synchronized String token() {
        if (token == null || !time.now().isBefore(renewAt)) {
            renew();
        }
        return token;
    }

    @Override
    public synchronized void refused(String refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private void renew() {
        URI server = endpoint.get();
        WorkspaceRequest request =
                grant.apply(WorkspaceRequest.post(WorkspaceCall.GET_TOKEN, "", server.getRawPath(), true));
        Instant asked = time.now();
        Map<String, Object> answer = client.withoutToken(server).json(request);
        String given = ApiJson.text(answer, "access_token");
        if (given == null) {
            throw client.unusable(request, "the answer has no access_token");
        }
        long seconds = ApiJson.number(answer, "expires_in").orElse(DEFAULT_LIFE_SECONDS);
        Duration life = Duration.ofSeconds(seconds);
        token = given;
        renewAt = asked.plus(life).minus(TokenSource.margin(life));
    }
}
