package com.clarifai.databricks.sandbox.sql;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** All extensions of Spark's SQL, the first that knows a statement runs it. */
record Extensions(List<Extension> all) implements Extension {

    /** A name in a statement, of one or several parts. */
    static final String NAME = "((?:`[^`]+`|[\\w-]+)(?:\\s*\\.\\s*(?:`[^`]+`|[\\w-]+))*)";

    /** The text of a string literal, between its quotes. */
    static final String TEXT = "(?:'((?:[^'\\\\]|\\\\.|'')*)'|\"((?:[^\"\\\\]|\\\\.)*)\")";

    private static final Pattern AROUND =
            Pattern.compile("^(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)++|[;\\s]++$", Pattern.DOTALL);

    @Override
    public Optional<Dataset<Row>> run(SparkSession session, String sql) throws Exception {
        String statement = AROUND.matcher(sql).replaceAll("");
        for (Extension extension : all) {
            Optional<Dataset<Row>> result = extension.run(session, statement);
            if (result.isPresent()) {
                return result;
            }
        }
        return Optional.empty();
    }

    static Pattern pattern(String regex) {
        return Pattern.compile(regex.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** @param quoted the groups of {@link #TEXT}, of which one is not null at most */
    static String text(String... quoted) {
        for (String text : quoted) {
            if (text != null) {
                return text.replace("''", "'").replaceAll("\\\\(.)", "$1");
            }
        }
        return null;
    }
}
