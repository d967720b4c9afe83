package com.clarifai.databricks.flow;

import java.util.List;

/**
 * A record of a CSV file.
 *
 * @param number the line it starts in; the first is 1
 * @param values stripped of spaces unless quoted; empty values are empty texts
 */
public record CsvLine(long number, List<String> values) {}
