package com.clarifai.databricks.flow;

import com.google.common.base.CaseFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameters that the flows take, as message headers. None of them is a secret: they are what the history of runs
 * records.
 */
public final class FlowParameters {

    private static final Set<String> NAMES = new TreeSet<>(Set.of(
            "addColumns",
            "allowDuplicateUrl",
            "annotationStatus",
            "annotationUser",
            "annotationsTable",
            "app",
            "catalog",
            "charset",
            "columns",
            "concept",
            "conceptIds",
            "dataset",
            "deletes",
            "delimiter",
            "dryRun",
            "escape",
            "fetchExternal",
            "filter",
            "force",
            "format",
            "full",
            "ifExists",
            "images",
            "imagesFolder",
            "inputLevelOnly",
            "inputsTable",
            "labelFromFolder",
            "modelOutput",
            "onExisting",
            "path",
            "quote",
            "schema",
            "search",
            "source",
            "table",
            "verify",
            "volume"));

    private FlowParameters() {}

    /**
     * @param option the parameter as an option of the command line is written: {@code label-from-folder}
     * @return the header's name: {@code labelFromFolder}
     * @throws IllegalArgumentException when no flow has such a parameter
     */
    public static String ofOption(String option) {
        String name = CaseFormat.LOWER_HYPHEN.to(CaseFormat.LOWER_CAMEL, option);
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("'" + option + "' is not a parameter of any flow");
        }
        return name;
    }

    /** Those of the headers that are parameters and have a value, by name. */
    static Map<String, Object> of(Map<String, Object> headers) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (String name : NAMES) {
            Object value = headers.get(name);
            if (value != null && !"".equals(value)) {
                parameters.put(name, value.toString());
            }
        }
        return parameters;
    }
}
