package com.clarifai.databricks.csv;

/**
 * What is known of a file before it is read, and how much it may hold.
 *
 * @param name of the file: its URI or path
 * @param length how many bytes its store says that it has; negative when that is not known
 * @param maxRow how large a row, and a line, may be, in bytes
 */
public record CsvOptions(String name, long length, int maxRow, UnpackLimits limits, DialectOptions told) {}
