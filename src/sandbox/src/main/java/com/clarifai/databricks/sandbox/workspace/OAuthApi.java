package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormEncodedDataDefinition;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OAuth for one service principal (machine to machine): {@code POST /oidc/v1/token} exchanges its client id and secret,
 * sent as Basic authorization or in the form, for an access token. For users (user to machine) {@code GET
 * /oidc/v1/authorize} sends the browser back with a code, as to one who has signed in already, and the token endpoint takes
 * the code, see {@link UserSignIns}. {@code POST /{tenant}/oauth2/v2.0/token} does the same
 * as Microsoft Entra ID would, which is another host in truth. Errors have the shape of RFC 6749.
 */
final class OAuthApi {

    static final String SCOPE = "all-apis";
    private static final String ISSUER = "/oidc";
    private static final String ACCOUNT_ID = "9a4f6f7e-0c3d-4a63-9d0f-6c1d5b0c2b11";
    private static final String ACCOUNT = ISSUER + "/accounts/" + ACCOUNT_ID;
    private static final String TOKEN = "/oidc/v1/token";
    private static final String ENTRA_TOKEN = "/{tenant}/oauth2/v2.0/token";
    /** The application that every workspace on Azure is to Entra ID. */
    private static final String ENTRA_SCOPE = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";

    private static final String BASIC = "Basic ";

    private record Client(String id, String secret) {}

    private final Client known;
    private final String tenant;
    private final AccessTokens tokens;
    private final UserSignIns users;
    private final Switches switches;

    OAuthApi(
            String clientId,
            String clientSecret,
            String tenant,
            AccessTokens tokens,
            UserSignIns users,
            Switches switches) {
        this.users = users;
        this.switches = switches;
        this.tenant = tenant;
        this.known = new Client(clientId, clientSecret);
        this.tokens = tokens;
    }

    void register(Routes routes) {
        routes.addAnonymous("GET", "/.well-known/databricks-config", "oidc:host", this::describeHost)
                .addAnonymous(
                        "GET",
                        ACCOUNT + "/.well-known/oauth-authorization-server",
                        "oidc:discovery",
                        exchange -> describe(exchange, ACCOUNT))
                .addAnonymous("POST", ACCOUNT + "/v1/token", "oidc:token", exchange -> issue(exchange, SCOPE))
                .addAnonymous("GET", ACCOUNT + "/v1/authorize", "oidc:authorize", this::authorize)
                .addAnonymous("GET", "/oidc/v1/authorize", "oidc:authorize", this::authorizeForWorkspace)
                .addAnonymous(
                        "GET",
                        "/oidc/.well-known/oauth-authorization-server",
                        "oidc:discovery",
                        exchange -> describe(exchange, ISSUER))
                .addAnonymous("POST", TOKEN, "oidc:token", this::issueForWorkspace)
                .addAnonymous("POST", ENTRA_TOKEN, "entra:token", this::issueForAzure);
    }

    /** A unified host gives out tokens for the account, and its workspace is not told. */
    private void describeHost(HttpServerExchange exchange) throws IOException {
        boolean unified = switches.unifiedHost();
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("oidc_endpoint", host(exchange) + (unified ? "/oidc/accounts/{account_id}" : ISSUER));
        host.put("account_id", ACCOUNT_ID);
        host.put("workspace_id", unified ? null : BearerAuth.ORG_ID);
        host.put("cloud", "AWS");
        host.put("host_type", unified ? "unified" : "workspace");
        Json.send(exchange, host);
    }

    private void issueForWorkspace(HttpServerExchange exchange) throws IOException {
        if (switches.unifiedHost()) {
            throw new ApiError(404, "ENDPOINT_NOT_FOUND", "Tokens of this host are those of the account.");
        }
        issue(exchange, SCOPE);
    }

    /** @param issuer the path below which the server has its endpoints */
    private void describe(HttpServerExchange exchange, String issuer) throws IOException {
        String host = host(exchange);
        Json.send(
                exchange,
                Map.of(
                        "issuer",
                        host + issuer,
                        "authorization_endpoint",
                        host + issuer + "/v1/authorize",
                        "token_endpoint",
                        host + issuer + "/v1/token",
                        "grant_types_supported",
                        List.of("client_credentials", "authorization_code", "refresh_token"),
                        "code_challenge_methods_supported",
                        List.of("S256"),
                        "token_endpoint_auth_methods_supported",
                        List.of("client_secret_basic", "client_secret_post"),
                        "scopes_supported",
                        List.of(SCOPE)));
    }

    private void issueForAzure(HttpServerExchange exchange) throws IOException {
        String asked = exchange.getQueryParameters().get("tenant").getFirst();
        if (asked.equals(tenant)) {
            issue(exchange, ENTRA_SCOPE);
        } else {
            refuse(exchange, 400, "invalid_request", "AADSTS90002: Tenant '" + asked + "' not found.");
        }
    }

    private void authorizeForWorkspace(HttpServerExchange exchange) throws IOException {
        if (switches.unifiedHost()) {
            throw new ApiError(404, "ENDPOINT_NOT_FOUND", "Users of this host sign in to the account.");
        }
        authorize(exchange);
    }

    private void authorize(HttpServerExchange exchange) throws IOException {
        String redirect = query(exchange, "redirect_uri");
        if (!UserSignIns.isRegistered(query(exchange, "client_id"), redirect)) {
            refuse(exchange, 400, "invalid_request", "client_id or redirect_uri is not registered");
            return;
        }
        String state = query(exchange, "state");
        String scope = query(exchange, "scope");
        String challenge = query(exchange, "code_challenge");
        Optional<Map.Entry<String, String>> problem = UserSignIns.problem(
                query(exchange, "response_type"), scope, state, challenge, query(exchange, "code_challenge_method"));
        if (problem.isEmpty() && switches.refuseSignIns()) {
            problem = Optional.of(Map.entry("access_denied", "The user has refused"));
        }
        String answer = problem.map(refusal ->
                        "error=" + encoded(refusal.getKey()) + "&error_description=" + encoded(refusal.getValue()))
                .orElseGet(() -> "code=" + encoded(users.code(redirect, challenge, scope)));
        exchange.setStatusCode(StatusCodes.FOUND);
        exchange.getResponseHeaders().put(Headers.LOCATION, redirect + "/?" + answer + "&state=" + encoded(state));
    }

    private void issueForUser(HttpServerExchange exchange, FormData form) throws IOException {
        boolean renewal = value(form, "grant_type").equals("refresh_token");
        boolean basic = exchange.getRequestHeaders().contains(Headers.AUTHORIZATION);
        if (basic || !value(form, "client_id").equals(UserSignIns.CLIENT_ID) || form.contains("client_secret")) {
            refuse(exchange, 401, "invalid_client", "Client authentication failed");
            return;
        }
        Optional<String> scope = renewal
                ? users.renew(value(form, "refresh_token"))
                : users.redeem(value(form, "code"), value(form, "redirect_uri"), value(form, "code_verifier"));
        if (scope.isEmpty()) {
            refuse(exchange, 400, "invalid_grant", renewal ? "Refresh token is invalid" : "The code is invalid");
            return;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", tokens.issue(host(exchange) + ISSUER, UserSignIns.CLIENT_ID));
        answer.put("token_type", "Bearer");
        answer.put("scope", scope.get());
        answer.put("expires_in", tokens.lifetime().toSeconds());
        if (scope.get().contains(UserSignIns.OFFLINE)) {
            answer.put("refresh_token", users.refreshToken(scope.get()));
        }
        Json.send(exchange, answer);
    }

    private void issue(HttpServerExchange exchange, String scope) throws IOException {
        FormData form = new FormEncodedDataDefinition().create(exchange).parseBlocking();
        String grant = value(form, "grant_type");
        if (scope.equals(SCOPE) && (grant.equals("authorization_code") || grant.equals("refresh_token"))) {
            issueForUser(exchange, form);
        } else if (!grant.equals("client_credentials")) {
            refuse(exchange, 400, "unsupported_grant_type", "The grant type is not supported");
        } else if (!client(exchange, form).filter(known::equals).isPresent()) {
            refuse(exchange, 401, "invalid_client", "Client authentication failed");
        } else if (!value(form, "scope").equals(scope)) {
            refuse(exchange, 400, "invalid_scope", "The requested scope is not valid, it must be " + scope);
        } else {
            Json.send(
                    exchange,
                    Map.of(
                            "access_token",
                            tokens.issue(host(exchange) + ISSUER, known.id()),
                            "token_type",
                            "Bearer",
                            "scope",
                            scope,
                            "expires_in",
                            tokens.lifetime().toSeconds()));
        }
    }

    private static Optional<Client> client(HttpServerExchange exchange, FormData form) {
        String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.of(new Client(value(form, "client_id"), value(form, "client_secret")));
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).trim());
            String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 ? Optional.of(new Client(parts[0], parts[1])) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String value(FormData form, String name) {
        FormData.FormValue value = form.getFirst(name);
        return value == null ? "" : value.getValue();
    }

    private static String query(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? "" : values.getFirst();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void refuse(HttpServerExchange exchange, int status, String error, String description)
            throws IOException {
        Json.send(exchange, status, Map.of("error", error, "error_description", description));
    }

    private static String host(HttpServerExchange exchange) {
        return exchange.getRequestScheme() + "://" + exchange.getHostAndPort();
    }
}
