package com.clarifai.databricks.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointHeaderModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages of the components have every option and header as the code declares them, and both components speak one
 * dialect. Where a page is out of date, {@code target/<component>-component.adoc} is what it has to be.
 */
class ComponentPagesTest {

    private static final String START = "// component options: START\n";
    private static final String END = "// component options: END\n";

    @ParameterizedTest
    @ValueSource(strings = {"clarifai", "databricks"})
    void thePageHasEveryOptionAndHeader(String component) throws IOException {
        Path page = Path.of("src/main/docs/" + component + "-component.adoc");
        String text = Files.readString(page);
        String expected = text.substring(0, text.indexOf(START) + START.length())
                + reference(ComponentModels.of(component))
                + text.substring(text.indexOf(END));
        Files.writeString(Path.of("target").resolve(page.getFileName()), expected);

        assertThat(text).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clarifai", "databricks"})
    void thePageExplainsEveryOperation(String component) throws IOException {
        String text = Files.readString(Path.of("src/main/docs/" + component + "-component.adoc"));

        assertThat(operations(component))
                .allSatisfy(operation -> assertThat(text).containsPattern("(?m)^\\|(`\\w+`, )*`" + operation + "`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clarifai", "databricks"})
    void everyOptionAndHeaderIsASentenceAndHasItsGroup(String component) throws IOException {
        ComponentModel model = ComponentModels.of(component);

        assertThat(own(model))
                .allSatisfy(option ->
                        assertThat(option.getDescription()).as(option.getName()).matches("[A-Za-z].*[.]"))
                .filteredOn(option -> !option.getName().equals("operation"))
                .allSatisfy(option ->
                        assertThat(option.getLabel()).as(option.getName()).isNotBlank());
    }

    /** A header either goes before the option, the operation included, or says which operation sets or reads it. */
    @ParameterizedTest
    @ValueSource(strings = {"clarifai", "databricks"})
    void everyHeaderSaysWhichOptionItReplacesOrWhoseItIs(String component) throws IOException {
        ComponentModel model = ComponentModels.of(component);
        Set<String> options = model.getEndpointOptions().stream()
                .map(BaseOptionModel::getName)
                .collect(Collectors.toSet());
        String prefix = "Camel" + model.getTitle();

        assertThat(model.getEndpointHeaders())
                .extracting(BaseOptionModel::getName)
                .contains(prefix + "Operation")
                .allMatch(name -> name.startsWith(prefix));
        assertThat(model.getEndpointHeaders()).allSatisfy(header -> {
            String name = header.getName().substring(prefix.length());
            String option = Character.toLowerCase(name.charAt(0)) + name.substring(1);
            assertThat(header.getDescription()).containsPattern(sayingOf(option, options, component));
        });
    }

    private static String sayingOf(String option, Set<String> options, String component) throws IOException {
        if (option.equals("operation")) {
            return "instead of the operation in the URI";
        }
        return options.contains(option)
                ? "instead of the option " + option
                : "(Set by|For) (" + String.join("|", operations(component)) + ")";
    }

    private static List<String> operations(String component) throws IOException {
        return ComponentModels.of(component).getEndpointPathOptions().get(0).getEnums();
    }

    private static List<BaseOptionModel> own(ComponentModel model) {
        return Stream.<Collection<? extends BaseOptionModel>>of(
                        model.getComponentOptions(), model.getEndpointOptions(), model.getEndpointHeaders())
                .flatMap(Collection::stream)
                .filter(isOfCamel().negate())
                .map(BaseOptionModel.class::cast)
                .toList();
    }

    /** Options that Camel gives to every component or consumer. */
    private static Predicate<BaseOptionModel> isOfCamel() {
        return option -> option.getName().startsWith("healthCheck")
                || "scheduler".equals(option.getGroup())
                || Set.of(
                                "autowiredEnabled",
                                "lazyStartProducer",
                                "bridgeErrorHandler",
                                "exceptionHandler",
                                "exchangePattern",
                                "pollStrategy",
                                "sendEmptyMessageWhenIdle")
                        .contains(option.getName());
    }

    private static String reference(ComponentModel model) {
        Set<String> endpoint = model.getEndpointOptions().stream()
                .map(BaseOptionModel::getName)
                .collect(Collectors.toSet());
        StringBuilder reference = new StringBuilder();
        table(
                reference,
                "Options of the component; those of endpoints may be set on it, too, as their defaults",
                model.getComponentOptions().stream()
                        .filter(option -> !endpoint.contains(option.getName()))
                        .toList());
        table(reference, "Options of an endpoint", model.getEndpointOptions());
        reference.append("[cols=\"2,6,1\",options=\"header\"]\n.Headers\n|===\n|Header |What |Type\n");
        for (EndpointHeaderModel header : model.getEndpointHeaders()) {
            row(reference, code(header.getName()), escaped(header.getDescription()), code(header.getShortJavaType()));
        }
        return reference.append("|===\n").toString();
    }

    private static void table(StringBuilder reference, String title, List<? extends BaseOptionModel> options) {
        reference.append("[cols=\"2,1,6,1,1\",options=\"header\"]\n.").append(title);
        reference.append("\n|===\n|Option |Group |What |Default |Type\n");
        for (BaseOptionModel option : options) {
            row(
                    reference,
                    code(option.getName()),
                    option.getGroup(),
                    escaped(option.getDescription()),
                    option.getDefaultValue() == null
                            ? ""
                            : code(option.getDefaultValue().toString()),
                    code(option.getShortJavaType()));
        }
        reference.append("|===\n\n");
    }

    private static void row(StringBuilder reference, String... cells) {
        for (String cell : cells) {
            reference.append('|').append(cell).append(cell.isEmpty() ? "" : " ");
        }
        reference.setLength(reference.toString().stripTrailing().length());
        reference.append('\n');
    }

    private static String code(String text) {
        return '`' + escaped(text) + '`';
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
