package com.clarifai.databricks.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Java process holds at a moment. Needs Linux, for {@code /proc}, and the JDK's own tools.
 *
 * @param heapMegabytes what lives on the heap after a full collection
 * @param descriptors open files and connections
 * @param peakMegabytes the largest resident set so far
 */
record ProcessFigures(double heapMegabytes, int threads, int descriptors, long peakMegabytes) {

    private static final Pattern HEAP_TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+)");
    private static final double MEGABYTE = 1 << 20;

    static ProcessFigures of(long pid) {
        Path process = Path.of("/proc", String.valueOf(pid));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            int open = (int) descriptors.count();
            String status = Files.readString(process.resolve("status"));
            // of what lives, as it collects first
            String histogram = output("jcmd", String.valueOf(pid), "GC.class_histogram");
            return new ProcessFigures(
                    number(HEAP_TOTAL, histogram) / MEGABYTE,
                    (int) number(THREADS, status),
                    open,
                    number(PEAK, status) / 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static String output(String tool, String... arguments) throws IOException {
        String[] command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", tool)
                                .toString()),
                        Stream.of(arguments))
                .toArray(String[]::new);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
