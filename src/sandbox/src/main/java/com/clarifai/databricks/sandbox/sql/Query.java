package com.clarifai.databricks.sandbox.sql;

import java.util.List;

/**
 * What a client asks to run.
 *
 * @param rowLimit rows of the result at most
 * @param format in which the client wants the rows
 */
record Query(String sql, List<StatementParameters.Value> parameters, long rowLimit, Chunks.Format format) {}
