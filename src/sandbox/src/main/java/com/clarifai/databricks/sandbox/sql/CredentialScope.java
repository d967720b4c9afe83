package com.clarifai.databricks.sandbox.sql;

import java.lang.StackWalker.StackFrame;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkEnv;

/**
 * Whose rights a file of a volume is read with. On executors of Unity Catalog's clusters only what Spark reads itself has those of
 * the user; a program that opens a file there by Hadoop's interface is refused (MissingCredentialScopeException).
 */
final class CredentialScope {

    private static final String DRIVER = "driver";
    /** What Spark, or a program, reads files with. */
    private static final Set<String> BETWEEN = Set.of(
            "java.",
            "jdk.",
            "scala.",
            "org.apache.hadoop.",
            "org.apache.parquet.",
            "io.delta.",
            "com.clarifai.databricks.sandbox.");

    private CredentialScope() {}

    /** @throws AccessControlException on an executor, when not Spark asks */
    static void require() throws AccessControlException {
        SparkEnv environment = SparkEnv.get();
        if (environment != null
                && !DRIVER.equals(environment.executorId())
                && !StackWalker.getInstance().walk(frames -> isSpark(frames.map(StackFrame::getClassName)))) {
            throw new AccessControlException(
                    "[UNITY_CREDENTIAL_SCOPE_MISSING_SCOPE] Missing Credential Scope. Current env: Executor");
        }
    }

    /** @param callers classes, the nearest first */
    static boolean isSpark(Stream<String> callers) {
        return callers.filter(caller -> BETWEEN.stream().noneMatch(caller::startsWith))
                .findFirst()
                .map(caller -> caller.startsWith("org.apache.spark."))
                .orElse(true);
    }
}
