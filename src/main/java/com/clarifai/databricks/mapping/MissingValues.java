package com.clarifai.databricks.mapping;

import java.util.Set;

/** What programs write into a cell that has no value. */
final class MissingValues {

    /** Of pandas and Python, SQL, Hive and Excel. {@code NA} is not among them, nor {@code none}: they may be labels. */
    private static final Set<String> WORDS =
            Set.of("nan", "NaN", "None", "NaT", "<NA>", "null", "NULL", "\\N", "#N/A", "np.nan", "pd.NA");

    private MissingValues() {}

    /** Whether this stands, without quotes, where a value could. */
    static boolean isMissing(Object value) {
        return value == null
                || value instanceof String text && WORDS.contains(text.strip())
                || value instanceof Number number && Double.isNaN(number.doubleValue());
    }
}
