package com.clarifai.databricks.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a flow takes at sizes that nobody measures for fun. Its parameters are those of {@code docs/speed.md}, of runs of 10,000
 * inputs and of the profile; {@code ScaleModelTest} compares what it says of 100,000 and a million with what was measured, and
 * {@code docs/scale.md} with what it prints.
 */
final class ScaleModel {

    /** Inputs in a post, and in a question for annotations; Clarifai takes no more. */
    static final int BATCH = 128;
    /** Inputs on a page of a list, most of Clarifai. */
    static final int LIST = 1_000;
    /** Rows of an import that are written down and tracked with one statement each. */
    static final int PAGE = 9_984;
    /** The same of a job on a cluster: five pages. */
    static final int WAVE = 5 * PAGE;
    /** Requests of a run beside those: app, dataset, the last inputs. */
    static final int OTHERS = 10;

    /** Seconds until the first statement: Java, Camel, the checks. */
    static final double START = 2.1;
    /** CPU seconds for 1,000 rows, of a long run, and for 1,000 pictures that pass through the machine. */
    static final double ROWS_CPU = 0.07;

    static final double PICTURES_CPU = 0.75;
    /** The same for 1,000 rows that are only read, written down and uploaded. */
    static final double STAGING_CPU = 0.03;
    /** Between two statements of a wave, what Spark takes to begin and end its stages; measured with the sandbox. */
    static final double STAGES = 3;
    /** Of the limit, what the tasks of a job leave free so that they never exceed it together. */
    static final double TURNS = 1 / 1.08;

    /** Bytes of a picture, and of a row as staged text, gzipped. */
    static final double PICTURE = 100_000;

    static final double STAGED_ROW = 60;
    /** Pictures a second by the Files API of a workspace, which all its users share. */
    static final double FILES_API = 100;

    private static final long[] SIZES = {1_000_000L, 100_000_000L, 1_000_000_000L};
    private static final double[] RATES = {15, 150, 1_500};

    private ScaleModel() {}

    /**
     * What a flow does.
     *
     * @param first seconds from the first statement to the first input
     * @param last seconds from the last input to the end
     * @param statements that write, one after the other, for each page
     */
    enum Flow {
        ROWS(3.95, 3.7, 2),
        BY_URL(5.15, 3.45, 2),
        EXPORT(2.3, 4.8, 0),
        UPDATE(2.0, 4.6, 0);

        private final double first;
        private final double last;
        private final int statements;

        Flow(double first, double last, int statements) {
            this.first = first;
            this.last = last;
            this.statements = statements;
        }

        /** A post, or a question for annotations, for each batch, and a page of a list for each thousand. */
        long requests(long inputs) {
            return pages(inputs, BATCH) + pages(inputs, LIST) + OTHERS;
        }

        /**
         * Seconds on one machine.
         *
         * @param rate requests a second; 0 for no limit
         * @param statement seconds of a statement that writes
         */
        double seconds(long inputs, double rate, double statement) {
            double sending = rate == 0 ? 0 : requests(inputs) / rate;
            double writing = pages(inputs, PAGE) * statements * statement;
            double working = inputs / 1_000.0 * ROWS_CPU;
            return START + first + Math.max(Math.max(sending, writing), working) + last;
        }
    }

    /**
     * Seconds of an import of rows by a job on a cluster that is running: this machine reads and stages all of them, then the
     * job's waves are sent and tracked one after the other.
     */
    static double onCluster(long inputs, double rate, double statement) {
        double staging = START + Flow.ROWS.first + inputs / 1_000.0 * STAGING_CPU;
        double writing = pages(inputs, WAVE) * (2 * statement + STAGES);
        double sending = rate == 0 ? 0 : Flow.ROWS.requests(inputs) / (rate * TURNS);
        return staging + writing + sending + Flow.ROWS.last;
    }

    /** Cores that send pictures as fast as a limit takes them. */
    static long cores(double rate) {
        return (long) Math.ceil(rate * BATCH / 1_000 * PICTURES_CPU);
    }

    static long pages(long inputs, long of) {
        return (inputs + of - 1) / of;
    }

    /** The tables of docs/scale.md. */
    static String tables() {
        return """
                | images by URL, from CSV files or tables | %s |
                | --- | %s |
                %s

                | pictures of a volume, 100 kB each | %s |
                | --- | %s |
                %s
                """.formatted(
                heads(),
                lines(),
                Stream.of(
                                row("requests to Clarifai", n -> count(Flow.ROWS.requests(n))),
                                at("one machine, hours", (n, rate) -> Flow.ROWS.seconds(n, rate, 1)),
                                at("the same, statements of 5 s", (n, rate) -> Flow.ROWS.seconds(n, rate, 5)),
                                at("cluster, hours", (n, rate) -> onCluster(n, rate, 1)),
                                at("the same, statements of 5 s", (n, rate) -> onCluster(n, rate, 5)),
                                row("commits, one machine", n -> count(2 * pages(n, PAGE))),
                                row("commits, cluster", n -> count(2 * pages(n, WAVE))),
                                row("staged for a cluster: files", n -> count(pages(n, PAGE))),
                                row("staged for a cluster: bytes", n -> bytes(n * STAGED_ROW)),
                                at("export, hours", (n, rate) -> Flow.EXPORT.seconds(n, rate, 1)))
                        .collect(Collectors.joining("\n")),
                heads(),
                lines(),
                Stream.of(
                                row("pictures, read and sent", n -> bytes(n * PICTURE)),
                                row("Files API of the workspace, hours", n -> hours(n / FILES_API)),
                                row(
                                        "through one machine of two cores, hours",
                                        n -> hours(n / 1_000.0 * PICTURES_CPU / 2)),
                                row(
                                        "cores that keep up with 15, 150 and 1,500 requests/s",
                                        n -> count(cores(15)) + ", " + count(cores(150)) + ", " + count(cores(1_500))))
                        .collect(Collectors.joining("\n")));
    }

    private interface Seconds {
        double of(long inputs, double rate);
    }

    private static String at(String name, Seconds seconds) {
        return row(
                name + " at " + number(RATES[0]) + ", " + number(RATES[1]) + " and " + number(RATES[2]) + " requests/s",
                n -> Arrays.stream(RATES)
                        .mapToObj(rate -> hours(seconds.of(n, rate)))
                        .collect(Collectors.joining(", ")));
    }

    private static String row(String name, LongFunction<String> value) {
        return "| " + name + " | " + Arrays.stream(SIZES).mapToObj(value).collect(Collectors.joining(" | ")) + " |";
    }

    private static String heads() {
        return Arrays.stream(SIZES).mapToObj(ScaleModel::count).collect(Collectors.joining(" | "));
    }

    private static String lines() {
        return String.join(" | ", List.of("---", "---", "---"));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String number(double rate) {
        return count((long) rate);
    }

    private static String hours(double seconds) {
        double hours = seconds / 3_600;
        return String.format(Locale.ROOT, hours < 10 ? "%,.1f" : "%,.0f", hours);
    }

    private static String bytes(double bytes) {
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6)
                : bytes < 1e12
                        ? String.format(Locale.ROOT, "%,.0f GB", bytes / 1e9)
                        : String.format(Locale.ROOT, "%,.0f TB", bytes / 1e12);
    }

    /** Prints what the model says: of a flow, inputs, requests a second and seconds of a statement, or its tables. */
    public static void main(String[] arguments) {
        if (arguments.length < 4) {
            System.out.println(tables());
            return;
        }
        Flow flow = Flow.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        long inputs = Long.parseLong(arguments[1]);
        double rate = Double.parseDouble(arguments[2]);
        double statement = Double.parseDouble(arguments[3]);
        System.out.printf(
                Locale.ROOT,
                "%,d requests, %,.0f s on one machine, %,.0f s on a cluster%n",
                flow.requests(inputs),
                flow.seconds(inputs, rate, statement),
                onCluster(inputs, rate, statement));
    }
}
