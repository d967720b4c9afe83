package com.clarifai.databricks.mapping;

import java.util.Locale;

/** How the id of a concept is made from its label. */
public enum ConceptIds {
    /** The label itself. */
    LABEL("label") {
        @Override
        public String idOf(String label) {
            return label;
        }
    },
    /** {@code id-} and the label without spaces: what Clarifai's Python SDK did before 10.9.3, and so the old module. */
    ID_LABEL("id-label") {
        @Override
        public String idOf(String label) {
            return "id-" + label.replace(" ", "");
        }
    };

    private final String option;

    ConceptIds(String option) {
        this.option = option;
    }

    public abstract String idOf(String label);

    /** @param option {@code label} or {@code id-label}; none is {@code label} */
    public static ConceptIds of(String option) {
        if (option == null || option.isBlank()) {
            return LABEL;
        }
        for (ConceptIds ids : values()) {
            if (ids.option.equals(option.strip().toLowerCase(Locale.ROOT))) {
                return ids;
            }
        }
        throw new IllegalArgumentException("Concept ids are label or id-label, not " + option);
    }
}
