import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Prints how long each tier of the tests took, from the reports that were written since the build began. A tier takes from
 * the start of its first class to the end of its last one, however many ran side by side.
 */
final class TierTimes {

    private record Report(Instant start, Instant end, int tests, int skipped) {}

    private final Path target;
    private final Instant begin;

    private TierTimes(Path target, Instant begin) {
        this.target = target;
        this.begin = begin;
    }

    /** @param args folder of the build, its start as yyyyMMddHHmmss in UTC, the seed of the order, the minutes allowed */
    public static void main(String[] args) throws Exception {
        Instant begin = LocalDateTime.parse(args[1], DateTimeFormatter.ofPattern("yyyyMMddHHmmss"))
                .toInstant(ZoneOffset.UTC);
        Duration inAll = Duration.between(begin, Instant.now());
        Duration allowed = Duration.ofMinutes(Long.parseLong(args[3]));
        TierTimes times = new TierTimes(Path.of(args[0]), begin);
        Duration tests = times.print("unit", "surefire-reports")
                .plus(times.print("sandbox", "sandbox-build/surefire-reports"))
                .plus(times.print("integration", "failsafe-reports"));
        System.out.printf("%-12s %6s       %s%n", "all else", "", text(inAll.minus(tests)));
        System.out.printf("%-12s %6s       %s of %s%n", "in all", "", text(inAll), text(allowed));
        if (inAll.compareTo(allowed) > 0) {
            System.out.println("WARNING: this is longer than it is to take on two cores that have nothing else to do");
        }
        System.out.println("The same order again: -Dtests.seed=" + args[2]);
    }

    private Duration print(String tier, String folder) throws Exception {
        List<Report> reports = reports(target.resolve(folder));
        if (reports.isEmpty()) {
            System.out.printf("%-12s not run%n", tier);
            return Duration.ZERO;
        }
        Instant start = reports.stream().map(Report::start).min(Instant::compareTo).orElseThrow();
        Instant end = reports.stream().map(Report::end).max(Instant::compareTo).orElseThrow();
        int skipped = reports.stream().mapToInt(Report::skipped).sum();
        System.out.printf(
                "%-12s %6d tests %s%s%n",
                tier,
                reports.stream().mapToInt(Report::tests).sum(),
                text(Duration.between(start, end)),
                skipped == 0 ? "" : ", " + skipped + " skipped");
        return Duration.between(start, end);
    }

    private List<Report> reports(Path folder) throws Exception {
        if (Files.notExists(folder)) {
            return List.of();
        }
        List<Report> reports = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml")).toList()) {
                report(file).ifPresent(reports::add);
            }
        }
        return reports;
    }

    private Optional<Report> report(Path file) throws Exception {
        Instant end = Files.getLastModifiedTime(file).toInstant();
        if (end.isBefore(begin)) {
            return Optional.empty();
        }
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        Duration time = Duration.ofMillis((long) (Double.parseDouble(suite.getAttribute("time")) * 1000));
        return Optional.of(new Report(
                end.minus(time),
                end,
                Integer.parseInt(suite.getAttribute("tests")),
                Integer.parseInt(suite.getAttribute("skipped"))));
    }

    private static String text(Duration duration) {
        return "%3d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
}
