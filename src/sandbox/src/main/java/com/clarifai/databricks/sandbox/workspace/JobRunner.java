package com.clarifai.databricks.sandbox.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads runs from their submission to their end: queue, cluster, library, the jar itself. */
final class JobRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int TAIL = 20;

    private final JobWorker worker;
    private final VolumeDisk volumes;
    private final Path directory;
    private final String pat;
    private final Supplier<Duration> startTime;
    private final Set<JobRun> active = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "job");
        thread.setDaemon(true);
        return thread;
    });
    private volatile CompletableFuture<Void> going = new CompletableFuture<>();

    /**
     * @param directory where each run has a folder of its own
     * @param pat the secret that clusters may refer to
     * @param startTime how long a new cluster takes to start
     */
    JobRunner(JobWorker worker, VolumeDisk volumes, Path directory, String pat, Supplier<Duration> startTime) {
        this.worker = worker;
        this.volumes = volumes;
        this.directory = directory;
        this.pat = pat;
        this.startTime = startTime;
    }

    /** Lets the runs go on that wait in the queue. */
    void goOn() {
        CompletableFuture<Void> waited = going;
        going = new CompletableFuture<>();
        waited.complete(null);
    }

    void begin(JobRun run, JobCluster cluster) {
        active.add(run);
        CompletableFuture<Void> queue = going;
        threads.execute(() -> {
            JobEnd end;
            try {
                end = through(run, cluster, queue);
            } catch (IOException | RuntimeException e) {
                LOG.warn("Run {} failed in the sandbox itself", run.id(), e);
                end = new JobEnd("INTERNAL_ERROR", "FAILED", "INTERNAL_ERROR", "INTERNAL_ERROR", e.toString(), null);
            } catch (InterruptedException e) {
                end = JobEnd.cancelled();
            }
            run.end(end, System.currentTimeMillis());
            active.remove(run);
        });
    }

    private JobEnd through(JobRun run, JobCluster cluster, CompletableFuture<Void> queue)
            throws IOException, InterruptedException {
        if (run.submission().timeout() > 0) {
            run.asked().completeOnTimeout(JobEnd.timedOut(), run.submission().timeout(), TimeUnit.SECONDS);
        }
        if (run.plan() == JobPlan.LIMIT) {
            if (!run.submission().queued()) {
                return JobEnd.limit();
            }
            CompletableFuture.anyOf(queue, run.asked()).join();
            run.enter(JobRun.Stage.PENDING, System.currentTimeMillis());
        }
        JobEnd before = started(run, cluster);
        if (before == null) {
            before = library(run, cluster);
        }
        return before != null ? before : run(run, cluster);
    }

    /** Waits for the cluster; null when it runs. */
    private JobEnd started(JobRun run, JobCluster cluster) throws InterruptedException {
        run.on(cluster.id());
        if (cluster.compute() == null) {
            return within(run, startTime.get());
        }
        cluster.compute().start();
        while (cluster.compute().state() == Compute.State.STARTING) {
            JobEnd asked = within(run, LOOK);
            if (asked != null) {
                return asked;
            }
        }
        if (cluster.compute().state() == Compute.State.RUNNING) {
            return run.asked().getNow(null);
        }
        return cluster.compute()
                .failure()
                .map(failure -> JobEnd.clusterFailed(cluster.id(), failure.code(), failure.type()))
                .orElseGet(() -> JobEnd.clusterLost(cluster.id()));
    }

    /** What was asked for within the time; null for nothing. */
    private static JobEnd within(JobRun run, Duration time) throws InterruptedException {
        try {
            return run.asked().get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private JobEnd library(JobRun run, JobCluster cluster) {
        String jar = run.submission().jars().get(0);
        if (run.plan() == JobPlan.LIBRARY) {
            return JobEnd.library(jar, "Planned by the sandbox");
        }
        String refusal = cluster.refusesJars();
        if (refusal != null) {
            return JobEnd.library(jar, refusal);
        }
        try {
            return Files.isRegularFile(file(jar))
                    ? null
                    : JobEnd.library(jar, "java.io.FileNotFoundException: No such file or directory: " + jar);
        } catch (ApiError e) {
            return JobEnd.library(jar, e.getMessage());
        }
    }

    private Path file(String jar) {
        return volumes.resolve(VolumeAddress.parse(jar.replaceFirst("^dbfs:", "")));
    }

    private JobEnd run(JobRun run, JobCluster cluster) throws IOException {
        JobSubmission submission = run.submission();
        if (cluster.isOlderJava()) {
            return JobEnd.threw("java.lang.UnsupportedClassVersionError: " + submission.mainClass()
                    + " has been compiled by a more recent version of the Java Runtime (class file version 61.0)");
        }
        run.enter(JobRun.Stage.RUNNING, System.currentTimeMillis());
        Path own = Files.createDirectories(directory.resolve(String.valueOf(run.id())));
        JobWorker.Running running = worker.start(
                file(submission.jars().get(0)),
                submission.mainClass(),
                submission.parameters(),
                cluster.executors(),
                cluster.resolved(pat),
                own);
        run.work(running);
        if (run.plan() == JobPlan.CLUSTER || run.plan() == JobPlan.DRIVER) {
            running.kill();
        }
        CompletableFuture.anyOf(running.ended(), run.asked()).join();
        JobEnd asked = run.asked().getNow(null);
        if (asked != null && !running.ended().isDone()) {
            run.enter(JobRun.Stage.TERMINATING, System.currentTimeMillis());
            running.kill();
            running.ended().join();
            return asked;
        }
        return run.plan() == JobPlan.CLUSTER
                ? JobEnd.clusterLost(cluster.id())
                : end(running.ended().join(), own);
    }

    /** A driver that was ended from outside did not come to print why. */
    private static JobEnd end(int exit, Path own) throws IOException {
        if (exit == 0) {
            return JobEnd.success();
        }
        List<String> lines = Files.readAllLines(own.resolve("log"));
        String error = lines.stream()
                .filter(line -> line.startsWith("Exception in thread \"main\" "))
                .reduce((first, second) -> second)
                .map(line -> line.substring("Exception in thread \"main\" ".length()))
                .orElse(null);
        LOG.info(
                "A job ended with {}:\n{}",
                exit,
                String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size())));
        return error == null ? JobEnd.driverLost() : JobEnd.threw(error);
    }

    @Override
    public void close() {
        active.forEach(run -> run.asked().complete(JobEnd.cancelled()));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("Jobs are still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
