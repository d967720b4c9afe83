package com.clarifai.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The artifacts of {@code components/} are made of packages that need nothing of the application. */
class ArtifactsTest {

    private static final Pattern PACKAGES = Pattern.compile("<packages>(.*?)</packages>");
    private static final Pattern KAMELET_CLASS =
            Pattern.compile("#class:com\\.clarifai\\.databricks\\.([a-z.]+)\\.[A-Z]");

    @ParameterizedTest
    @ValueSource(strings = {"common", "camel-clarifai", "camel-databricks"})
    void anArtifactKnowsItsOwnPackagesAndThoseOfTheCommonOne(String artifact) throws IOException {
        Set<String> known = new TreeSet<>();
        for (String name : packages(artifact)) {
            try (Stream<Path> files = Files.list(NamedPackages.SOURCES.resolve(name.replace('.', '/')))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> known.addAll(NamedPackages.in(NamedPackages.read(file))));
            }
        }

        Set<String> allowed = new TreeSet<>(packages("common"));
        allowed.addAll(packages(artifact));
        assertThat(known).isNotEmpty().isSubsetOf(allowed);
    }

    /** Guava comes with gRPC alone; the application has it, so that only a build of the artifacts would tell. */
    @ParameterizedTest
    @ValueSource(strings = {"common", "camel-databricks"})
    void whatHasNoGrpcUsesNothingThatComesWithIt(String artifact) throws IOException {
        for (String name : packages(artifact)) {
            try (Stream<Path> files = Files.list(NamedPackages.SOURCES.resolve(name.replace('.', '/')))) {
                assertThat(files.filter(file -> file.toString().endsWith(".java")))
                        .noneMatch(file -> NamedPackages.read(file).contains("import com.google."));
            }
        }
    }

    @Test
    void kameletsCallClassesOfTheComponents() throws IOException {
        Set<String> allowed = Stream.of("common", "camel-clarifai", "camel-databricks")
                .flatMap(artifact -> packages(artifact).stream())
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/kamelets"))) {
            files.forEach(file -> KAMELET_CLASS
                    .matcher(NamedPackages.read(file))
                    .results()
                    .forEach(found -> assertThat(allowed).as(file.toString()).contains(found.group(1))));
        }
    }

    /** The sandbox's project stands by itself, so that its libraries are those of Spark. */
    @Test
    void theJarForClustersIsCompiledForTheSparkOfTheSandbox() {
        assertThat(property("parent/pom.xml", "spark.version"))
                .isEqualTo(property("src/sandbox/pom.xml", "spark.version"));
    }

    private static String property(String pom, String name) {
        Matcher found = Pattern.compile("<" + name + ">(.*?)</").matcher(NamedPackages.read(Path.of(pom)));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static List<String> packages(String artifact) {
        Matcher found = PACKAGES.matcher(NamedPackages.read(Path.of("components/" + artifact + "/pom.xml")));
        assertThat(found.find()).isTrue();
        return Arrays.stream(found.group(1).split(","))
                .map(pattern -> pattern.replace("com/clarifai/databricks/", "")
                        .replace("/**", "")
                        .replace('/', '.'))
                .toList();
    }
}
