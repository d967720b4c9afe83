package com.clarifai.databricks.csv;

import java.util.List;

/**
 * A record of a CSV file, or a line of it that could not be read.
 *
 * @param number the line it begins in; the first is 1
 * @param values without the spaces around them; empty values are empty texts; none when there is a problem
 * @param text the line with the problem, or its start; null when there is none
 * @param problem why it could not be read; null when it was
 */
public record CsvRecord(long number, List<String> values, String text, String problem) {

    static CsvRecord of(long number, List<String> values) {
        return new CsvRecord(number, values, null, null);
    }

    static CsvRecord refused(Line line, String problem) {
        return new CsvRecord(line.number(), List.of(), line.text(), problem);
    }

    public boolean isRefused() {
        return problem != null;
    }
}
