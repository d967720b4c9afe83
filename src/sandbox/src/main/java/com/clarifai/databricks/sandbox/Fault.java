package com.clarifai.databricks.sandbox;

import java.time.Duration;
import java.util.Locale;

/**
 * What goes wrong with a call.
 *
 * <p>Written {@code TARGET=ACTION[,after=N][,times=N][,every=N][,path=TEXT]}: from the (N+1)th matching call on, N times
 * (default: always), or each N-th call only, of those whose path contains the text (HTTP only, no comma in it),
 * where TARGET is {@code area:operation} ({@code files:GET}, {@code uc:volumes}, {@code sql:statements}, {@code
 * clarifai:PostInputs}, {@code data:GET}) and may end in {@code *}, and ACTION is one of
 *
 * <ul>
 *   <li>an HTTP status ({@code 503}), with {@code retry-after=SECONDS} if wanted,
 *   <li>{@code delay:MILLIS}: answered late, otherwise well,
 *   <li>{@code reset}: the connection is cut without an answer,
 *   <li>{@code truncate}: half of the announced bytes, then the connection is closed,
 *   <li>{@code grpc:NAME}: a gRPC status such as {@code grpc:UNAVAILABLE},
 *   <li>{@code code:NUMBER}: a Clarifai status code in an otherwise normal answer, such as {@code code:11005},
 *   <li>{@code lost}: the call takes effect, its answer is lost.
 * </ul>
 */
public record Fault(
        String target,
        Kind kind,
        String argument,
        Integer retryAfter,
        long after,
        long times,
        long every,
        String path) {

    public enum Kind {
        STATUS,
        DELAY,
        RESET,
        TRUNCATE,
        GRPC,
        CODE,
        LOST
    }

    /** @throws IllegalArgumentException naming what is wrong with the text */
    public static Fault parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw invalid(text, "is not TARGET=ACTION[,after=N][,times=N][,every=N][,path=TEXT]");
        }
        String[] parts = text.substring(equals + 1).split(",");
        Integer retryAfter = null;
        long after = 0;
        long times = Long.MAX_VALUE;
        long every = 1;
        String path = "";
        for (int i = 1; i < parts.length; i++) {
            String[] option = parts[i].trim().split("=", 2);
            String value = option.length == 2 ? option[1] : "";
            switch (option[0]) {
                case "after" -> after = number(text, value);
                case "times" -> times = number(text, value);
                case "every" -> every = number(text, value);
                case "retry-after" -> retryAfter = number(text, value);
                case "path" -> {
                    if (value.isEmpty()) {
                        throw invalid(text, "needs a part of a path");
                    }
                    path = value;
                }
                default -> throw invalid(text, "has the unknown option " + option[0]);
            }
        }
        if (every == 0) {
            throw invalid(text, "needs a number above 0 for every");
        }
        String[] action = parts[0].trim().split(":", 2);
        Kind kind = kind(text, action[0]);
        String argument = action.length == 2 ? action[1] : action[0];
        if (kind == Kind.DELAY) {
            number(text, argument);
        }
        if ((kind == Kind.CODE || kind == Kind.GRPC) && action.length < 2) {
            throw invalid(text, "needs " + action[0] + ":WHICH");
        }
        return new Fault(text.substring(0, equals).trim(), kind, argument, retryAfter, after, times, every, path);
    }

    private static Kind kind(String text, String action) {
        if (action.matches("[1-5]\\d\\d")) {
            return Kind.STATUS;
        }
        for (Kind kind : Kind.values()) {
            if (kind != Kind.STATUS && kind.name().equals(action.toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw invalid(text, "has the unknown action " + action);
    }

    private static int number(String text, String value) {
        if (!value.matches("\\d{1,9}")) {
            throw invalid(text, "needs a number where it has '" + value + "'");
        }
        return Integer.parseInt(value);
    }

    private static IllegalArgumentException invalid(String text, String reason) {
        return new IllegalArgumentException("fault '" + text + "' " + reason);
    }

    boolean matches(String call, String calledPath) {
        boolean targeted =
                target.endsWith("*") ? call.startsWith(target.substring(0, target.length() - 1)) : call.equals(target);
        return targeted && calledPath.contains(path);
    }

    /** Whether the n-th matching call, counted from 0, goes wrong. */
    boolean isDue(long n) {
        long due = n - after;
        return due >= 0 && (due + 1) % every == 0 && due / every < times;
    }

    /** The status, code or number that the action carries. */
    public int number() {
        return Integer.parseInt(argument);
    }

    public Duration delay() {
        return Duration.ofMillis(number());
    }
}
