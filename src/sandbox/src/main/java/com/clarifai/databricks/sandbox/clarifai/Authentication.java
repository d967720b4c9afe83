package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.status.StatusCode;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Lets in the owner of the personal access token, sent as {@code authorization: Key <PAT>}. */
final class Authentication implements ServerInterceptor {

    /** The user is a member of it, so that the token opens what it has. */
    static final String ORGANISATION = "sandbox-org";

    static final String ORGANISATION_APP = "team";

    private static final String SCHEME = "Key ";
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> REQUEST_ID_PREFIX =
            Metadata.Key.of("x-clarifai-request-id-prefix", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> CREDENTIALS = Context.key("authorization");
    private static final Context.Key<String> PREFIX = Context.key("request-id-prefix");

    /** What an {@code Authorization} header is worth. */
    enum Verdict {
        GRANTED,
        MISSING,
        WRONG
    }

    private final String pat;
    private final String userId;

    Authentication(String pat, String userId) {
        this.pat = pat;
        this.userId = userId;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Context context = Context.current()
                .withValue(CREDENTIALS, headers.get(AUTHORIZATION))
                .withValue(PREFIX, headers.get(REQUEST_ID_PREFIX));
        return Contexts.interceptCall(context, call, headers, next);
    }

    /** Id of the call under way, with the prefix that its client asked for. */
    static String requestId() {
        String prefix = PREFIX.get();
        return (prefix == null ? "" : prefix + "-") + Ids.random();
    }

    Verdict judge(String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            return Verdict.MISSING;
        }
        byte[] given = authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, pat.getBytes(StandardCharsets.UTF_8)) ? Verdict.GRANTED : Verdict.WRONG;
    }

    void checkKey() {
        switch (judge(CREDENTIALS.get())) {
            case GRANTED -> {}
            case MISSING ->
                throw new Refusal(
                        StatusCode.CONN_KEY_INVALID, "metadata 'authorization: Key <PAT>' is missing or malformed");
            case WRONG -> throw new Refusal(StatusCode.CONN_KEY_NOT_FOUND, "no such personal access token");
        }
    }

    void checkUser(UserAppIDSet ids) {
        String user = ids.getUserId();
        if (!user.equals("me") && !user.equals(userId) && !user.equals(ORGANISATION)) {
            throw Refusal.missing("user", user);
        }
    }

    /** An app is found by its owner only. */
    void checkOwner(UserAppIDSet ids, App app) {
        String owner = ids.getUserId().equals("me") ? userId : ids.getUserId();
        if (!app.getUserId().equals(owner)) {
            throw Refusal.missing("app", app.getId());
        }
    }
}
