package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a host gives out the tokens of service principals: a workspace's own host at {@code /oidc/v1/token}, a unified one
 * for the account. Found as the Databricks SDKs find it: the host's configuration names the issuer, and the issuer's
 * metadata (RFC 8414) the endpoint. Hosts that tell neither have the usual one.
 */
final class TokenEndpoint {

    private static final String USUAL_ISSUER = "/oidc";
    private static final String USUAL_ENDPOINT = "/v1/token";
    private static final String METADATA = "/.well-known/oauth-authorization-server";
    /** For each of the two questions: a host that does not answer them may still give out tokens. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WorkspaceClient host;
    private URI told;

    /** @param host called without a token */
    TokenEndpoint(WorkspaceClient host) {
        this.host = host;
    }

    /** Asked anew until the host tells it. */
    synchronized URI find() {
        if (told != null) {
            return told;
        }
        URI issuer = issuer().orElseGet(() -> URI.create(host.host() + USUAL_ISSUER));
        Optional<URI> endpoint = endpoint(issuer);
        told = endpoint.orElse(null);
        return endpoint.orElseGet(() -> URI.create(issuer + USUAL_ENDPOINT));
    }

    private Optional<URI> issuer() {
        try {
            return HostConfiguration.of(host.withRetryBudget(PATIENCE)).issuer(host.host());
        } catch (DatabricksException e) {
            return nothingIfAnswered(e);
        }
    }

    private Optional<URI> endpoint(URI issuer) {
        try {
            WorkspaceClient server = host.withoutToken(issuer).withRetryBudget(PATIENCE);
            String endpoint = ApiJson.text(
                    server.json(
                            WorkspaceRequest.get(WorkspaceCall.GET_CONFIGURATION, "", issuer.getRawPath() + METADATA)),
                    "token_endpoint");
            return endpoint == null ? Optional.empty() : safe(endpoint, host.host());
        } catch (DatabricksException e) {
            return nothingIfAnswered(e);
        }
    }

    /** A host that cannot be reached gives out no tokens either. */
    private static Optional<URI> nothingIfAnswered(DatabricksException e) {
        if (e.kind() == Kind.UNREACHABLE) {
            throw e;
        }
        return Optional.empty();
    }

    /** An address to which secrets may go because this host says so; nothing when it is none. */
    static Optional<URI> safe(String address, URI host) {
        try {
            URI uri = URI.create(address);
            boolean tls = "https".equals(uri.getScheme());
            boolean asPlain = "http".equals(uri.getScheme()) && "http".equals(host.getScheme());
            return uri.getHost() != null && (tls || asPlain) ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
