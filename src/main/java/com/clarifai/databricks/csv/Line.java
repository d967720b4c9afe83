package com.clarifai.databricks.csv;

/**
 * One line of a file, without its line break.
 *
 * @param number the first line is 1
 * @param text what the line holds, or its start when there is a problem with it
 * @param problem why the line cannot be used, or null
 */
record Line(long number, String text, String problem) {}
