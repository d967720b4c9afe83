package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application as its users run it: {@code bin/databricks-connect} of the runnable folder, in a process of its own. */
public final class ConnectProcess {

    private static final long LIMIT_MINUTES = 5;

    private final Process process;
    private final Path out;
    private final Path err;

    private ConnectProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What came out of a process that has ended. */
    public record Result(int exitCode, String out, String err) {}

    /** What a run that has ended well has printed. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> summary(Result result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readValue(result.out(), Map.class);
    }

    /** What is the same of two runs that do the same. */
    static Map<String, Object> counts(Map<String, Object> summary) {
        summary.remove("runId");
        summary.remove("seconds");
        return summary;
    }

    static ConnectProcess start(Path config, String... arguments) {
        return start(home(), Map.of(), config, arguments);
    }

    /** The runnable folder that the build has made. */
    public static Path home() {
        return Path.of(System.getProperty("databricks.connect.home"));
    }

    /**
     * @param home a runnable folder
     * @param environment further environment variables
     */
    public static ConnectProcess start(Path home, Map<String, String> environment, Path config, String... arguments) {
        return start(List.of(), home, environment, config, arguments);
    }

    /** @param launcher a command that is given the application's command line and runs it */
    public static ConnectProcess start(
            List<String> launcher, Path home, Map<String, String> environment, Path config, String... arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.add(home.resolve("bin").resolve("databricks-connect").toString());
        command.add("--config");
        command.add(config.toString());
        command.addAll(List.of(arguments));
        try {
            Path folder = Files.createTempDirectory("connect");
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            // each run is short: the quick compiler saves half of its time
            builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
            // nothing of whoever runs the tests
            builder.environment()
                    .put("SCHEDULES_FILE", folder.resolve("schedules.json").toString());
            builder.environment()
                    .put("CONSOLE_RUNS_FILE", folder.resolve("runs.json").toString());
            builder.environment()
                    .put(
                            "CONNECTION_FILE",
                            folder.resolve("connection.properties").toString());
            builder.environment().putAll(environment);
            return new ConnectProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result waitFor() {
        return waitFor(LIMIT_MINUTES);
    }

    public Result waitFor(long minutes) {
        try {
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "still running after " + minutes + " minutes: " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has come out so far. */
    String outSoFar() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has been written to standard error so far. */
    String errSoFar() throws IOException {
        return Files.readString(err);
    }

    /** The id of the job's run that it waits for, from the progress that names it. */
    String jobRun() throws IOException {
        Matcher run = Pattern.compile("waitingFor\":\"run (\\d+) ").matcher(errSoFar());
        assertThat(run.find()).as("a job is waited for").isTrue();
        return run.group(1);
    }

    /** As others on the machine see it. */
    String commandLine() {
        return process.info().commandLine().orElseThrow();
    }

    long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** A dump of all threads, by the JDK's own tool. */
    String threads() throws IOException {
        Process dump = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jstack")
                                .toString(),
                        String.valueOf(process.pid()))
                .redirectErrorStream(true)
                .start();
        return new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
    }

    /** As {@code kill}, or the end of a service. */
    public void terminate() {
        process.destroy();
    }
}
