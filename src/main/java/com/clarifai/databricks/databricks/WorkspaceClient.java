package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.Credentials.AccessToken;
import com.clarifai.databricks.databricks.Credentials.AzureServicePrincipal;
import com.clarifai.databricks.databricks.Credentials.ServicePrincipal;
import com.clarifai.databricks.databricks.Credentials.SignedInUser;
import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.CallListener;
import com.clarifai.databricks.model.UploadTime;
import com.clarifai.databricks.tls.CertificateAuthorities;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Calls the REST API of one Databricks workspace: one request at a time, repeated where that is safe.
 *
 * <p>Every failure is a {@link DatabricksException}. Calls of the Files API are kept within the limits of the settings,
 * for all users of this client together. Redirects are not followed: they would take the token elsewhere.
 */
public final class WorkspaceClient implements AutoCloseable {

    private static final String FILES_API = "/api/2.0/fs/";
    private static final String BEARER = "Bearer ";
    /** Which workspace a call is for; a host with several refuses calls without it. */
    private static final String WORKSPACE_ID = "X-Databricks-Workspace-Id";
    /** Which workspace has answered. */
    static final String ORG_ID = "X-Databricks-Org-Id";

    private static final TokenSource NONE = () -> null;
    private static final String USER_AGENT = "databricks-connect";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int MAX_ERROR_BODY = 64 * 1024;
    /** Far above a page of any list; what is longer is no answer of the API, and would fill the memory. */
    private static final int MAX_JSON_BODY = 64 * 1024 * 1024;

    private final WorkspaceSettings settings;
    private final CallListener listener;
    private final RetryPolicy retries;
    private final WorkspaceFailures failures;
    private final FilesLimit filesLimit;
    private final HttpClient http;
    private final ScheduledThreadPoolExecutor stallWatch;
    private final TokenSource tokens;

    public WorkspaceClient(WorkspaceSettings settings) {
        this(settings, CallListener.NONE);
    }

    /** @param listener hears of every attempt of a call */
    public WorkspaceClient(WorkspaceSettings settings, CallListener listener) {
        this(settings, Timekeeper.SYSTEM, listener);
    }

    WorkspaceClient(WorkspaceSettings settings, Timekeeper time) {
        this(settings, time, CallListener.NONE);
    }

    /** The token of the latest call that was not refused. */
    private volatile String accepted;

    private WorkspaceClient(WorkspaceSettings settings, Timekeeper time, CallListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.retries = new RetryPolicy(settings.retryBudget(), time);
        this.failures = new WorkspaceFailures(settings.host(), settings.proxy(), time);
        this.filesLimit = new FilesLimit(settings.filesConcurrency(), settings.filesRequestsPerSecond(), time);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        if (settings.caFile() != null) {
            builder.sslContext(CertificateAuthorities.read(WorkspaceSettings.CA_FILE, settings.caFile())
                    .sslContext());
        }
        settings.proxy().configure(builder);
        this.http = builder.build();
        this.stallWatch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "databricks-stall-watch");
            thread.setDaemon(true);
            return thread;
        });
        stallWatch.setRemoveOnCancelPolicy(true);
        this.tokens = tokens(time);
    }

    private WorkspaceClient(WorkspaceClient shared, WorkspaceSettings settings, TokenSource tokens) {
        this.settings = settings;
        this.listener = shared.listener;
        this.retries = new RetryPolicy(settings.retryBudget(), shared.time());
        this.failures = new WorkspaceFailures(settings.host(), settings.proxy(), shared.time());
        this.tokens = tokens;
        this.filesLimit = shared.filesLimit;
        this.http = shared.http;
        this.stallWatch = shared.stallWatch;
    }

    /** This client with another patience (zero: no retries), sharing its connections and limits; not to be closed. */
    public WorkspaceClient withRetryBudget(Duration budget) {
        return new WorkspaceClient(this, settings.withRetryBudget(budget), tokens);
    }

    private TokenSource tokens(Timekeeper time) {
        Credentials credentials = settings.credentials();
        if (credentials instanceof ServicePrincipal principal) {
            return OAuthTokens.of(principal, withoutToken(settings.host()), time);
        }
        if (credentials instanceof AzureServicePrincipal principal) {
            return OAuthTokens.of(principal, withoutToken(principal.login()), time);
        }
        if (credentials instanceof SignedInUser user) {
            return new UserTokenSource(user.cache(), withoutToken(settings.host()), time);
        }
        String token = ((AccessToken) credentials).token();
        return () -> token;
    }

    /** For what a host tells everybody, and for tokens: with neither a token nor the id of a workspace. */
    WorkspaceClient withoutToken(URI host) {
        return new WorkspaceClient(this, settings.at(host), NONE);
    }

    Timekeeper time() {
        return retries.time();
    }

    public WorkspaceSettings settings() {
        return settings;
    }

    public URI host() {
        return settings.host();
    }

    /** Calls, with retries, and reads the answer; what the reader began before a broken connection it begins again. */
    public <T> T exchange(WorkspaceRequest request, WorkspaceResponse.Reader<T> reader) {
        return retry(attempt -> once(request, reader));
    }

    /** An answer that is a JSON object; an empty one for an empty answer. */
    public Map<String, Object> json(WorkspaceRequest request) {
        return exchange(request, response -> parse(request, response));
    }

    Map<String, Object> parse(WorkspaceRequest request, WorkspaceResponse response) throws IOException {
        byte[] body = response.body().readNBytes(MAX_JSON_BODY + 1);
        if (body.length > MAX_JSON_BODY) {
            throw unusable(request, "the answer is longer than " + MAX_JSON_BODY / 1024 / 1024 + " MiB");
        }
        try {
            Map<String, Object> json = body.length == 0 ? Map.of() : JsonText.object(body);
            if (json == null) {
                throw unusable(request, "the answer is null instead of a JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw unusable(
                    request,
                    "the answer is not JSON but "
                            + response.header("Content-Type").orElse("of unknown type")
                            + "; is that a Databricks workspace?");
        }
    }

    /**
     * The array of objects in a field of an answer; none for a field that is not there, as the API leaves out what is empty.
     *
     * @param required fields that each object has to have, as text
     * @throws DatabricksException naming the call and the field when it is something else
     */
    List<Map<String, Object>> objects(
            WorkspaceRequest request, Map<String, Object> json, String field, String... required) {
        Object value = json.get(field);
        if (value == null) {
            return List.of();
        }
        List<Map<String, Object>> objects = ApiJson.objects(json, field);
        if (!(value instanceof List<?> list) || objects.size() < list.size()) {
            throw unusable(request, "the field '" + field + "' of the answer is not an array of objects");
        }
        for (String name : required) {
            if (!objects.stream().allMatch(object -> object.get(name) instanceof String)) {
                throw unusable(
                        request, "an object in '" + field + "' of the answer has no text in its field '" + name + "'");
            }
        }
        return objects;
    }

    DatabricksException unusable(WorkspaceRequest request, String why) {
        return failures.unusable(request, why);
    }

    /** A call of which only success matters. */
    public void send(WorkspaceRequest request) {
        exchange(request, response -> response.body().transferTo(OutputStream.nullOutputStream()));
    }

    /**
     * The body of an answer as it arrives, with retries only until it begins. Counts as a Files API call until it is
     * read to its end or closed.
     */
    public OpenedFile open(WorkspaceRequest request) {
        return retry(attempt -> {
            Call call = start(request);
            return new OpenedFile(call.response, call);
        });
    }

    <T> T retry(RetryPolicy.Attempt<T> attempt) {
        return retries.run(number -> {
            if (number > 1) {
                listener.repeated();
            }
            return attempt.run(number);
        });
    }

    /** One attempt, for callers that put several requests into one attempt of {@link #retry}. */
    <T> T once(WorkspaceRequest request, WorkspaceResponse.Reader<T> reader) {
        try (Call call = start(request)) {
            return reader.read(call.response);
        } catch (IOException e) {
            throw failures.unanswered(request, e);
        }
    }

    private Call start(WorkspaceRequest request) {
        if (stallWatch.isShutdown()) {
            throw new IllegalStateException("the client of " + settings.host() + " is closed");
        }
        String ownAuthorization = request.headers().get(WorkspaceRequest.AUTHORIZATION);
        if (ownAuthorization != null || tokens == NONE) {
            return timed(request, ownAuthorization);
        }
        String token = token();
        try {
            Call call = timed(request, BEARER + token);
            accepted = token;
            return call;
        } catch (DatabricksException e) {
            if (e.kind() != Kind.UNAUTHENTICATED) {
                throw explained(e);
            }
            tokens.refused(token);
            // a token that expired in the meantime is worth one more try; the same one is not
            String renewed = token();
            if (renewed.equals(token)) {
                throw token.equals(accepted) ? e.lapsed() : explained(e);
            }
            return timed(request, BEARER + renewed);
        }
    }

    /** A host with several workspaces refuses calls that do not say which they are for, in words that nobody documents. */
    private DatabricksException explained(DatabricksException e) {
        boolean refused = e.status() / 100 == 3 || e.status() / 100 == 4 && e.kind() != Kind.THROTTLED;
        if (!refused || accepted != null || settings.address().workspaceId() != null) {
            return e;
        }
        try {
            return HostConfiguration.of(withoutToken(settings.host()).withRetryBudget(Duration.ZERO))
                            .isUnified()
                    ? DatabricksException.noWorkspaceNamed(settings.host(), e)
                    : e;
        } catch (DatabricksException unknown) {
            return e;
        }
    }

    private Call timed(WorkspaceRequest request, String authorization) {
        long since = System.nanoTime();
        String failure = Kind.INTERNAL.name();
        try {
            Call call = start(request, authorization);
            failure = null;
            return call;
        } catch (DatabricksException e) {
            failure = e.kind().name();
            throw e;
        } finally {
            listener.answered(request.area(), Duration.ofNanos(System.nanoTime() - since), failure);
        }
    }

    private Call start(WorkspaceRequest request, String authorization) {
        FilesLimit.Permit permit =
                request.path().startsWith(FILES_API) ? filesLimit.acquire(request) : FilesLimit.UNLIMITED;
        InputStream body = InputStream.nullInputStream();
        boolean started = false;
        try {
            HttpResponse<InputStream> answer = http.send(toHttp(request, authorization), BodyHandlers.ofInputStream());
            // none of what a proxy says instead of opening a tunnel
            body = answer.body() == null
                    ? InputStream.nullInputStream()
                    : new StallGuard(answer.body(), settings.requestTimeout(), stallWatch);
            WorkspaceResponse response = new WorkspaceResponse(answer, body);
            if (response.status() / 100 != 2) {
                throw told(
                        permit,
                        failures.answered(request, response, body.readNBytes(MAX_ERROR_BODY), secret(authorization)));
            }
            permit.answered();
            refuseAnotherWorkspace(request, response);
            started = true;
            return new Call(response, permit);
        } catch (IOException e) {
            throw failures.unanswered(request, e);
        } catch (InterruptedException e) {
            throw RetryPolicy.interrupted(request, e);
        } finally {
            if (!started) {
                closeQuietly(body);
                permit.close();
            }
        }
    }

    private static DatabricksException told(FilesLimit.Permit permit, DatabricksException failure) {
        if (failure.status() == TOO_MANY_REQUESTS || failure.status() == UNAVAILABLE) {
            permit.refused(failure.retryAfter());
        } else {
            permit.answered();
        }
        return failure;
    }

    private static Optional<String> secret(String authorization) {
        return Optional.ofNullable(authorization).map(given -> given.substring(given.indexOf(' ') + 1));
    }

    private void refuseAnotherWorkspace(WorkspaceRequest request, WorkspaceResponse response) {
        String meant = settings.address().workspaceId();
        String answering = response.header(ORG_ID).orElse(null);
        if (WorkspaceAddress.differ(meant, answering)) {
            throw new DatabricksException(
                    Kind.INVALID,
                    request.what() + " at " + settings.host() + ": this is workspace " + answering + ", but "
                            + meant + " is meant: correct or leave out databricks.workspace-id"
                            + " (DATABRICKS_WORKSPACE_ID, workspace_id in a profile, ?o= of a URL)");
        }
    }

    private HttpRequest toHttp(WorkspaceRequest request, String authorization) {
        BodyPublisher body = request.body().get();
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(settings.host() + request.target()))
                .method(request.method(), body)
                .timeout(settings.requestTimeout().plus(UploadTime.ofBytes(body.contentLength())))
                .header("User-Agent", USER_AGENT);
        request.headers().forEach(builder::header);
        if (settings.address().workspaceId() != null) {
            builder.header(WORKSPACE_ID, settings.address().workspaceId());
        }
        if (authorization != null) {
            builder.setHeader(WorkspaceRequest.AUTHORIZATION, authorization);
        }
        settings.proxy().authorize(builder, settings.host());
        return builder.build();
    }

    /** The bearer token for a call that begins now; another one when it has been renewed. */
    public String token() {
        String token = tokens.token();
        if (token == null || token.isBlank()) {
            throw new DatabricksException(Kind.UNAUTHENTICATED, "no Databricks token given");
        }
        String stripped = token.strip();
        // the HTTP client would repeat a malformed header, token and all, in its message
        if (!stripped.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new DatabricksException(
                    Kind.UNAUTHENTICATED, "the Databricks token contains characters that no token has");
        }
        return stripped;
    }

    /**
     * Somebody who has the token from here has seen it refused.
     *
     * @return whether there is another one now; a token that is used as it is given has no other
     * @throws DatabricksException when no other is given out
     */
    public boolean renewToken(String refused) {
        tokens.refused(refused);
        return !token().equals(refused);
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // the failure that led here is the one to report
        }
    }

    /** No call can be started any more. */
    @Override
    public void close() {
        stallWatch.shutdownNow();
    }

    private record Call(WorkspaceResponse response, FilesLimit.Permit permit) implements Closeable {
        @Override
        public void close() throws IOException {
            try {
                response.body().close();
            } finally {
                permit.close();
            }
        }
    }
}
