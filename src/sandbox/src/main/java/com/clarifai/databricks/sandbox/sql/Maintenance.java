package com.clarifai.databricks.sandbox.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.classic.SparkSession;

/** Commits to a table right after a {@code MERGE} into it, as predictive optimization and other writers may make them. */
final class Maintenance {

    private static final String NAME = "(?:`[^`]+`|\\w+)";
    private static final Pattern MERGE =
            Pattern.compile("(?is).*?\\bMERGE\\s+INTO\\s+(" + NAME + "(?:\\." + NAME + ")*).*");

    private final SqlSwitches switches;

    Maintenance(SqlSwitches switches) {
        this.switches = switches;
    }

    /** Two commits for each vacuum, {@code VACUUM START} and {@code VACUUM END}. */
    void after(String sql, SparkSession session) {
        Matcher merge = switches.vacuums() == 0 ? null : MERGE.matcher(sql);
        if (merge != null && merge.matches()) {
            session.conf().set("spark.databricks.delta.vacuum.logging.enabled", "true");
            for (int i = 0; i < switches.vacuums(); i++) {
                session.sql("VACUUM " + merge.group(1));
            }
        }
    }
}
