package com.clarifai.databricks.flow.parameter;

import com.clarifai.databricks.model.ParameterName;
import com.google.common.base.CaseFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * The parameters of a flow of one's own: a bean in the file of its route. With it {@code run} and schedules refuse what the
 * flow does not take, and what it needs and is not given; without it they pass on whatever they are given.
 *
 * <p>Names are those of headers: {@code labelFromFolder}.
 */
public final class DeclaredParameters {

    private String flow;
    private Set<String> required = Set.of();
    private Set<String> optional = Set.of();

    /** Id of its route. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    /** Those that it cannot do without, with commas between them. */
    public void setRequired(String names) {
        required = names(names);
    }

    /** Those that may be left out, with commas between them. */
    public void setOptional(String names) {
        optional = names(names);
    }

    /** Those of every import of rows, such as one by the route template {@code import-source}. */
    public void setImportOfRows(boolean importOfRows) {
        if (importOfRows) {
            setRequired("source, table, app, dataset");
            setOptional("conceptIds, onExisting, allowDuplicateUrl, dryRun, force");
        }
    }

    private static Set<String> names(String names) {
        Set<String> all = new LinkedHashSet<>(List.of(names.strip().split("\\s*,\\s*")));
        all.remove("");
        return all;
    }

    /** The names of all of them. */
    public Set<String> all() {
        Set<String> all = new LinkedHashSet<>(required);
        all.addAll(optional);
        return all;
    }

    /** Those of a flow; empty when its file declares none. */
    public static Optional<DeclaredParameters> of(CamelContext context, String flow) {
        return context.getRegistry().findByType(DeclaredParameters.class).stream()
                .filter(declared -> flow.equals(declared.flow))
                .findFirst();
    }

    /**
     * Checks what a flow is to be started with.
     *
     * @param headers by name
     * @throws WrongParameterException naming those that it has not, and those that are missing
     */
    public static void check(CamelContext context, String flow, Map<String, ?> headers) {
        of(context, flow).ifPresent(declared -> declared.check(headers));
    }

    private void check(Map<String, ?> headers) {
        Map<String, String> problems = new LinkedHashMap<>();
        for (String name : new TreeSet<>(headers.keySet())) {
            if (!all().contains(name)) {
                problems.put(name, flow + " has no " + named(name) + "; it takes " + String.join(", ", all()));
            }
        }
        for (String name : required) {
            if (headers.get(name) == null || headers.get(name).toString().isBlank()) {
                problems.put(name, flow + " needs the " + named(name));
            }
        }
        if (!problems.isEmpty()) {
            throw new WrongParameterException(problems);
        }
    }

    private static String named(String header) {
        return ParameterName.named(CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_HYPHEN, header));
    }
}
