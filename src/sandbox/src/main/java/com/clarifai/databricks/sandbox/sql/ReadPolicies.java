package com.clarifai.databricks.sandbox.sql;

import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Whether the statement that this thread analyzes reads tables through their {@link TablePolicies}: queries do, while
 * {@code ALTER}, {@code DESCRIBE} and the like are about the tables themselves.
 */
final class ReadPolicies {

    private static final Pattern ABOUT_TABLES = Pattern.compile(
            "(?is)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*+(?:ALTER|ANALYZE|COMMENT|DESC|DESCRIBE|DROP|OPTIMIZE|REFRESH|RESTORE|SHOW"
                    + "|TRUNCATE|VACUUM)\\b");
    private static final ThreadLocal<Boolean> NONE = ThreadLocal.withInitial(() -> false);

    private ReadPolicies() {}

    static boolean apply() {
        return !NONE.get();
    }

    static <T> T during(String sql, Supplier<T> analysis) {
        NONE.set(ABOUT_TABLES.matcher(sql).lookingAt());
        try {
            return analysis.get();
        } finally {
            NONE.remove();
        }
    }
}
