package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.Rights;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.CreateView;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.V2CreateTableAsSelectPlan;
import org.apache.spark.sql.catalyst.plans.logical.V2CreateTablePlan;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The right to make a table or a view, which Unity Catalog judges before it looks whether the table is there, also for {@code
 * CREATE TABLE IF NOT EXISTS}; Spark itself looks first.
 */
final class CreateTableRights {

    private static final Pattern CREATES =
            Pattern.compile("(?i)\\b(CREATE|REPLACE)\\b.*\\b(TABLE|VIEW)\\b", Pattern.DOTALL);

    private CreateTableRights() {}

    /** @throws WorkspaceException INSUFFICIENT_PERMISSIONS */
    static void check(SparkSession session, String sql, TableDirectories tables) throws ParseException {
        if (!CREATES.matcher(sql).find()) {
            return;
        }
        LogicalPlan plan = session.sessionState().sqlParser().parsePlan(sql);
        LogicalPlan name = name(plan);
        if (name instanceof UnresolvedIdentifier identifier) {
            ObjectName table = ObjectName.of(session, CollectionConverters.asJava(identifier.nameParts()));
            if (!Rights.mayCreateIn(tables.schema(table.catalog(), table.schema()))) {
                throw WorkspaceException.mayNotCreate("TABLE", table.catalog() + "." + table.schema());
            }
        }
    }

    private static LogicalPlan name(LogicalPlan plan) {
        if (plan instanceof V2CreateTablePlan table) {
            return table.name();
        }
        if (plan instanceof V2CreateTableAsSelectPlan table) {
            return table.name();
        }
        return plan instanceof CreateView view ? view.child() : plan;
    }
}
