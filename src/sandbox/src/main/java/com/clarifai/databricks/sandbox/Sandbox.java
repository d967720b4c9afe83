package com.clarifai.databricks.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Starts all stand-ins in this process and keeps them up until it is told to stop. */
@Command(
        name = "sandbox",
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "%nA Databricks workspace, S3 and a Clarifai service on this machine, to try databricks-connect and to test it "
                    + "without an account. Nothing leaves 127.0.0.1.%n",
            "Started without options, it takes free ports, makes the sample volume main.default.photos and the "
                    + "Clarifai app 'demo', prints where everything is and what to try, and runs until Ctrl-C.%n"
        },
        footer = {
            "%nA fault is TARGET=ACTION[,after=N][,times=N]: from the (N+1)th call of TARGET on, N times.",
            "  TARGET  files:GET, files:PUT, files:LIST, uc:volumes, sql:statements, secrets:get,",
            "          clarifai:PostInputs, data:GET, s3:GET, s3:LIST, s3:HEAD, images:GET, proxy:HOST;",
            "          may end in *. GET /sandbox/calls lists those seen.",
            "  ACTION  an HTTP status (503, and retry-after=SECONDS), delay:MS, reset, truncate, lost,",
            "          grpc:NAME (grpc:UNAVAILABLE), code:NUMBER (code:11005)",
            "%nExamples",
            "  sandbox --port 8080 --data ./sandbox-data",
            "  sandbox --fault 'files:GET=503,times=3,retry-after=1' --fault 'clarifai:PostInputs=lost,after=2,times=1'",
            "  sandbox --run sh -c 'cat \"$SANDBOX_ENDPOINTS\"'"
        })
public final class Sandbox implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the workspace. Default: a free one")
    private int port;

    @Option(
            names = "--clarifai-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of Clarifai (gRPC). Default: a free one")
    private int clarifaiPort;

    @Option(
            names = "--data-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of Clarifai's data host (HTTP). Default: a free one")
    private int dataPort;

    @Option(
            names = "--s3-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of S3 (HTTP). Default: a free one")
    private int s3Port;

    @Option(
            names = "--images-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the web server with the images of the sample import files. Default: a free one")
    private int imagesPort;

    @Option(
            names = "--proxy-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "Port of an outgoing proxy, which alone knows the names *.sandbox.internal and leads them here. Default: a free one")
    private int proxyPort;

    @Option(
            names = "--guarded-proxy-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of another one, which wants a user and a password. Default: a free one")
    private int guardedProxyPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where to keep volumes, tables, buckets and Clarifai's state. Default: a temporary folder, deleted when the sandbox stops")
    private Path data;

    @Option(
            names = "--endpoints-file",
            paramLabel = "FILE",
            description =
                    "A properties file that appears once everything answers, with the settings of the application. Default: endpoints.properties in the data folder")
    private Path endpointsFile;

    @Option(
            names = "--tls",
            description =
                    "The workspace, S3 and Clarifai speak TLS, with a certificate by a private authority that is made anew; the endpoints file tells where the authority's certificate is")
    private boolean tls;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "sandbox-token",
            description = "The workspace's access token. Default: ${DEFAULT-VALUE}")
    private String token;

    @Option(
            names = "--oauth-lifetime",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "How long the workspace's OAuth access tokens are valid. Default: ${DEFAULT-VALUE}")
    private int oauthLifetime;

    @Option(
            names = "--start-delay",
            paramLabel = "MS",
            defaultValue = "2000",
            description = "How long a stopped cluster or warehouse takes to start. Default: ${DEFAULT-VALUE}")
    private int startDelay;

    @Option(
            names = "--user-id",
            paramLabel = "ID",
            defaultValue = "sandbox",
            description = "The Clarifai user. Default: ${DEFAULT-VALUE}")
    private String userId;

    @Option(
            names = "--pat",
            paramLabel = "PAT",
            defaultValue = "sandbox-pat",
            description = "The Clarifai user's personal access token. Default: ${DEFAULT-VALUE}")
    private String pat;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Holds back every answer. Default: ${DEFAULT-VALUE}")
    private int latency;

    @Option(
            names = "--processing-delay",
            paramLabel = "MS",
            defaultValue = "200",
            description = "How long Clarifai takes to process an input. Default: ${DEFAULT-VALUE}")
    private int processingDelay;

    @Option(
            names = "--files-rate-limit",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Files API calls a second that the workspace takes, 0 for any number. Default: ${DEFAULT-VALUE}")
    private int filesRateLimit;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "15",
            description = "Requests a second that Clarifai allows a user, 0 for any number. Default: ${DEFAULT-VALUE}")
    private int rateLimit;

    @Option(names = "--fault", paramLabel = "SPEC", description = "Makes calls go wrong, see below. May be repeated")
    private List<Fault> faults = new ArrayList<>();

    @Option(
            names = "--run",
            paramLabel = "COMMAND",
            arity = "1..*",
            parameterConsumer = TheRest.class,
            description =
                    "Runs a command once everything answers, with the settings in its environment (DATABRICKS_HOST, CLARIFAI_PAT, ...) and the path of the endpoints file in SANDBOX_ENDPOINTS, then stops and exits as it did. All that follows belongs to the command, so this option comes last")
    private List<String> command = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text")
    private boolean help;

    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    public static void main(String[] arguments) {
        // some libraries log through java.util.logging, whose default is to tell everything
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Sandbox())
                .registerConverter(Fault.class, Sandbox::fault)
                .setParameterExceptionHandler((e, arguments) -> {
                    e.getCommandLine().getErr().println("sandbox: " + e.getMessage() + "\nsandbox --help explains.");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, line, result) -> {
                    LoggerFactory.getLogger(Sandbox.class).debug("failed", e);
                    line.getErr().println("sandbox: " + message(e));
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try (DataDirectory directory = DataDirectory.open(data);
                EndpointsFile file = EndpointsFile.at(
                        endpointsFile == null ? directory.path().resolve("endpoints.properties") : endpointsFile);
                Services services = Services.start(directory.path(), settings())) {
            file.write(services.endpoints());
            if (!command.isEmpty()) {
                return run(file.path(), services.endpoints());
            }
            System.out.println(new Guide(services.endpoints(), directory, file.path()));
            stop.join();
            return CommandLine.ExitCode.OK;
        } finally {
            stopped.countDown();
        }
    }

    private SandboxSettings settings() {
        return new SandboxSettings(
                port,
                clarifaiPort,
                dataPort,
                s3Port,
                imagesPort,
                proxyPort,
                guardedProxyPort,
                tls,
                token,
                userId,
                pat,
                Duration.ofSeconds(oauthLifetime),
                Duration.ofMillis(startDelay),
                Duration.ofMillis(latency),
                Duration.ofMillis(processingDelay),
                filesRateLimit,
                rateLimit,
                List.copyOf(faults));
    }

    /** As the application reads it: {@code databricks.warehouse-id} is {@code DATABRICKS_WAREHOUSE_ID}. */
    private static String environmentName(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private int run(Path endpoints, Map<String, String> settings) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        settings.forEach((name, value) -> builder.environment().put(environmentName(name), value));
        builder.environment().put("SANDBOX_ENDPOINTS", endpoints.toString());
        Process process = builder.start();
        CompletableFuture.anyOf(stop, process.onExit()).join();
        process.destroy();
        return process.waitFor();
    }

    /** On SIGTERM and SIGINT: the process may only end when everything is closed. */
    private void stop() {
        stop.complete(null);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Fault fault(String spec) {
        try {
            return Fault.parse(spec);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** What went wrong in the end, such as an address that is in use. */
    private static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    /** Takes all arguments to the end, options or not. */
    static final class TheRest implements IParameterConsumer {

        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec spec) {
            List<String> rest = new ArrayList<>();
            while (!arguments.isEmpty()) {
                rest.add(arguments.pop());
            }
            option.setValue(rest);
        }
    }
}
