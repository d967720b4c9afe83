package com.clarifai.databricks.sandbox.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * {@code is_account_group_member} and {@code is_member}, by which row filters and masks know who reads. The sandbox's user
 * is in the group of all users only.
 */
final class GroupFunctions {

    private static final String EVERYBODY = "account users";

    private GroupFunctions() {}

    /** For all sessions that are made from now on. */
    static void register() {
        for (String name : List.of("is_account_group_member", "is_member")) {
            FunctionRegistry.builtin()
                    .registerFunction(
                            new FunctionIdentifier(name),
                            new ExpressionInfo(EqualTo.class.getName(), name),
                            arguments -> new EqualTo(
                                    arguments.head(),
                                    new Literal(UTF8String.fromString(EVERYBODY), DataTypes.StringType)));
        }
    }
}
