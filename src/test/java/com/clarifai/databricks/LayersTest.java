package com.clarifai.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages know those of the layers below them, and no others; so there are no circles either. */
class LayersTest {

    /** The top one first. */
    private static final List<Set<String>> LAYERS = List.of(
            Set.of(""),
            Set.of("cli"),
            Set.of("service"),
            Set.of("app", "console"),
            Set.of("flow"),
            Set.of("flow.check", "flow.cluster", "flow.dataset", "flow.schedule", "flow.source"),
            Set.of("flow.table"),
            Set.of("flow.run"),
            Set.of("flow.parameter", "settings"),
            Set.of("component.clarifai", "component.databricks"),
            Set.of("delta", "download", "job", "transfer"),
            Set.of("clarifai", "csv", "databricks", "s3"),
            Set.of("mapping", "picture"),
            Set.of("http", "io", "json", "model", "proxy", "tls"));

    /** Flows and what starts them are Camel's, and so are the components; what is not named here is not. */
    private static final Set<String> WITH_CAMEL = Set.of(
            "",
            "app",
            "cli",
            "component.clarifai",
            "component.databricks",
            "console",
            "flow",
            "flow.check",
            "flow.cluster",
            "flow.dataset",
            "flow.parameter",
            "flow.run",
            "flow.schedule",
            "flow.source",
            "flow.table",
            "service");

    @Test
    void everyPackageIsInOneLayer() throws IOException {
        List<String> layered = LAYERS.stream().flatMap(Set::stream).toList();

        assertThat(packages().keySet()).containsExactlyInAnyOrderElementsOf(layered);
    }

    @Test
    void packageKnowsOnlyThoseOfLayersBelow() throws IOException {
        List<String> wrong = new ArrayList<>();
        packages().forEach((name, sources) -> known(sources).forEach(other -> {
            if (!other.equals(name) && layer(other) <= layer(name)) {
                wrong.add(name + " knows " + other);
            }
        }));

        assertThat(wrong).isEmpty();
    }

    @Test
    void clientsAndMappingKnowNoCamel() throws IOException {
        assertThat(packages()).allSatisfy((name, sources) -> {
            if (!WITH_CAMEL.contains(name)) {
                assertThat(sources).noneMatch(source -> source.contains("org.apache.camel"));
            }
        });
    }

    @Test
    void pageOfTheArchitectureNamesEveryPackage() throws IOException {
        String page = Files.readString(Path.of("docs/architecture.md"));

        assertThat(packages().keySet()).filteredOn(name -> !name.isEmpty()).allSatisfy(name -> assertThat(page)
                .contains("`" + name.replace('.', '/') + "`"));
    }

    private static int layer(String name) {
        for (int i = 0; i < LAYERS.size(); i++) {
            if (LAYERS.get(i).contains(name)) {
                return i;
            }
        }
        throw new AssertionError("no layer has the package " + name);
    }

    private static Set<String> known(List<String> sources) {
        return sources.stream()
                .flatMap(source -> NamedPackages.in(source).stream())
                .collect(Collectors.toSet());
    }

    private static Map<String, List<String>> packages() throws IOException {
        Map<String, List<String>> packages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(NamedPackages.SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                String name = NamedPackages.SOURCES
                        .relativize(file.getParent())
                        .toString()
                        .replace('/', '.');
                packages.computeIfAbsent(name, none -> new ArrayList<>()).add(NamedPackages.read(file));
            });
        }
        return packages;
    }
}
