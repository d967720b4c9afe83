package com.clarifai.databricks.sandbox.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One-time runs of JAR tasks: {@code runs/submit}, {@code get}, {@code get-output}, {@code list}, {@code cancel}, as the
 * <a href="https://docs.databricks.com/api/workspace/jobs">Jobs API</a> has them. A run that is submitted really runs its
 * jar, see {@link JobWorker}.
 *
 * <p>{@code POST /sandbox/jobs?next=PLAN} says what is to become of the next run ({@link JobPlan}), and lets those of the
 * queue go on; {@code POST /sandbox/jobs?kill=executor|driver&run=ID} ends one of its processes.
 */
final class JobsApi {

    private static final String RUNS = "/api/2.1/jobs/runs";
    private static final int PAGE = 25;

    private final JobRunner runner;
    private final Function<String, JobCluster> clusters;
    private final Map<Long, JobRun> runs = Collections.synchronizedMap(new TreeMap<>());
    private long next = 1_000;
    private JobPlan plan = JobPlan.NONE;

    /** @param clusters by id, or an {@link ApiError} */
    JobsApi(JobRunner runner, Function<String, JobCluster> clusters) {
        this.runner = runner;
        this.clusters = clusters;
    }

    void register(Routes routes) {
        routes.add("POST", RUNS + "/submit", "jobs:submit", this::submit)
                .add("GET", RUNS + "/get", "jobs:get", this::get)
                .add("GET", RUNS + "/get-output", "jobs:get-output", this::output)
                .add("GET", RUNS + "/list", "jobs:list", this::list)
                .add("POST", RUNS + "/cancel", "jobs:cancel", this::cancel);
        ControlApi.add(routes, "POST", "/jobs", this::control);
    }

    private void submit(HttpServerExchange exchange) throws IOException {
        JobSubmission submission = JobSubmission.read(Json.read(exchange));
        JobCluster cluster = submission.cluster() == null ? null : clusters.apply(submission.cluster());
        Json.send(exchange, Map.of("run_id", submitted(submission, cluster).id()));
    }

    /** With a token that was given before, it is the run of that one. */
    private synchronized JobRun submitted(JobSubmission submission, JobCluster cluster) {
        for (JobRun run : runs.values()) {
            if (submission.token() != null
                    && submission.token().equals(run.submission().token())) {
                return run;
            }
        }
        JobPlan chosen = plan;
        plan = JobPlan.NONE;
        if (chosen == JobPlan.DENIED) {
            throw new ApiError(
                    403,
                    "PERMISSION_DENIED",
                    ScimApi.USER_NAME + " does not have Attach permissions on " + submission.cluster()
                            + ". Please contact the owner or an administrator for access.");
        }
        JobRun run = new JobRun(next, submission, chosen, System.currentTimeMillis());
        next += 10;
        runs.put(run.id(), run);
        runner.begin(run, cluster == null ? JobCluster.created("job-" + run.id(), submission.newCluster()) : cluster);
        return run;
    }

    private void get(HttpServerExchange exchange) throws IOException {
        Json.send(exchange, require(exchange).described(host(exchange)));
    }

    private void output(HttpServerExchange exchange) throws IOException {
        long id = id(exchange);
        JobRun run = runs.values().stream()
                .filter(one -> one.taskId() == id)
                .findFirst()
                .orElse(null);
        if (run == null) {
            require(exchange);
            throw ApiError.invalid("Retrieving the output of runs with multiple tasks is not supported. Please retrieve"
                    + " the output of each individual task run instead.");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("metadata", run.described(host(exchange)));
        JobEnd end = run.end();
        if (end != null && end.error() != null) {
            body.put("error", end.error());
        }
        Json.send(exchange, body);
    }

    private void list(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        int limit = parameters.number("limit").orElse(20);
        if (limit < 1 || limit > PAGE) {
            throw ApiError.invalid("limit must be between 1 and " + PAGE + ".");
        }
        long before = parameters.find("page_token").map(Long::parseLong).orElse(Long.MAX_VALUE);
        boolean active =
                parameters.find("active_only").map(Boolean::parseBoolean).orElse(false);
        List<JobRun> found;
        synchronized (runs) {
            Stream<JobRun> matching = runs.values().stream()
                    .filter(run -> run.id() < before)
                    .filter(run -> !active || run.isActive())
                    .sorted((a, b) -> Long.compare(b.id(), a.id()));
            found = matching.limit(limit + 1L).toList();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        List<JobRun> page = found.subList(0, Math.min(limit, found.size()));
        if (!page.isEmpty()) {
            body.put(
                    "runs",
                    page.stream().map(run -> run.described(host(exchange))).toList());
        }
        body.put("has_more", found.size() > limit);
        if (found.size() > limit) {
            body.put("next_page_token", String.valueOf(page.get(limit - 1).id()));
        }
        Json.send(exchange, body);
    }

    private void cancel(HttpServerExchange exchange) throws IOException {
        JsonNode body = Json.read(exchange);
        if (!body.has("run_id")) {
            throw ApiError.invalid("Missing required field: run_id");
        }
        find(body.path("run_id").asLong()).asked().complete(JobEnd.cancelled());
        Json.send(exchange, Map.of());
    }

    private void control(HttpServerExchange exchange) {
        Parameters parameters = Parameters.of(exchange);
        parameters.find("next").map(JobPlan::of).ifPresent(chosen -> {
            synchronized (this) {
                plan = chosen;
            }
            runner.goOn();
        });
        parameters.find("kill").ifPresent(what -> {
            JobWorker.Running worker =
                    find(Long.parseLong(parameters.require("run"))).worker();
            if (worker == null || what.equals("executor") && !worker.killExecutor()) {
                throw ApiError.invalid("There is no " + what + " to be ended yet.");
            }
            if (what.equals("driver")) {
                worker.kill();
            }
        });
    }

    private JobRun require(HttpServerExchange exchange) {
        return find(id(exchange));
    }

    private static long id(HttpServerExchange exchange) {
        String id = Parameters.of(exchange).require("run_id");
        if (!id.matches("\\d{1,18}")) {
            throw ApiError.invalid("run_id is no number: " + id);
        }
        return Long.parseLong(id);
    }

    private JobRun find(long id) {
        JobRun run = runs.get(id);
        if (run == null) {
            throw ApiError.invalid("Run " + id + " does not exist.");
        }
        return run;
    }

    private static String host(HttpServerExchange exchange) {
        return exchange.getRequestScheme() + "://" + exchange.getHostAndPort();
    }
}
