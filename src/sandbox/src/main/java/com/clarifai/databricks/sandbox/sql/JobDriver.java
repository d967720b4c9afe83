package com.clarifai.databricks.sandbox.sql;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.util.MutableURLClassLoader;

/**
 * The Spark driver of one job: a session as a cluster has it, then the main class of the jar, which finds it by {@code
 * SparkSession.builder().getOrCreate()}.
 */
final class JobDriver {

    /** As many of one core each. */
    private static final String EXECUTORS = "local-cluster[%s,1,1024]";

    private static final int FIRST_PARAMETER = 5;

    private JobDriver() {}

    /** @param arguments data folder, Spark's home, how many executors, jar, main class, and the parameters of that */
    public static void main(String[] arguments) throws Throwable {
        Path data = Path.of(arguments[0]);
        Path home = Path.of(arguments[1]);
        Path jar = Path.of(arguments[3]);
        GroupFunctions.register();
        SparkSession.Builder builder = SparkSession.builder()
                .master(EXECUTORS.formatted(arguments[2]))
                .appName("job")
                .config("spark.jars", jar.toString());
        Workspace.configure(builder, data, home);
        builder.config(
                "spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.timezone=UTC");
        SparkSession spark = builder.getOrCreate();
        Workspace.registerCatalogs(spark, new TableDirectories(data.resolve("Tables")));
        try {
            run(jar, arguments[4], Arrays.copyOfRange(arguments, FIRST_PARAMETER, arguments.length));
        } finally {
            spark.stop();
        }
    }

    private static void run(Path jar, String mainClass, String[] parameters) throws Throwable {
        MutableURLClassLoader loader =
                new MutableURLClassLoader(new URL[] {jar.toUri().toURL()}, JobDriver.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(mainClass).getMethod("main", String[].class).invoke(null, (Object) parameters);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
