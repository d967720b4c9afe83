package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Extensions.NAME;

import com.clarifai.databricks.sandbox.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.CreateUserDefinedFunction;
import org.apache.spark.sql.classic.SparkSession;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** {@code CREATE FUNCTION} with a body in SQL, and {@code DROP FUNCTION}. */
final class FunctionStatements implements Extension {

    private static final Pattern CREATE = Extensions.pattern("CREATE (?:OR REPLACE )?FUNCTION .*");
    private static final Pattern DROP = Extensions.pattern("DROP FUNCTION( IF EXISTS)? " + NAME);

    private final TableDirectories tables;

    FunctionStatements(TableDirectories tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Dataset<Row>> run(SparkSession session, String sql) throws ParseException, IOException {
        Matcher drop = DROP.matcher(sql);
        if (drop.matches()) {
            ObjectName name = ObjectName.parse(session, drop.group(2));
            if (!StoredFunction.delete(schema(name), name.name()) && drop.group(1) == null) {
                throw WorkspaceException.noSuchFunction(name.fullName());
            }
            return Optional.of(session.emptyDataFrame());
        }
        if (CREATE.matcher(sql).matches()
                && session.sessionState().sqlParser().parsePlan(sql) instanceof CreateUserDefinedFunction create
                && create.child() instanceof UnresolvedIdentifier name) {
            create(session, ObjectName.of(session, CollectionConverters.asJava(name.nameParts())), create);
            return Optional.of(session.emptyDataFrame());
        }
        return Optional.empty();
    }

    private void create(SparkSession session, ObjectName name, CreateUserDefinedFunction create) throws IOException {
        Path schema = schema(name);
        if (!Rights.mayCreateIn(schema)) {
            throw WorkspaceException.mayNotCreate("FUNCTION", name.catalog() + "." + name.schema());
        }
        if (create.isTableFunc() || create.exprText().isEmpty()) {
            throw new WorkspaceException(
                    "UNSUPPORTED_FEATURE", "0A000", "The sandbox has functions that return an expression in SQL only.");
        }
        if (StoredFunction.exists(schema, name.name()) && !create.replace()) {
            if (create.ignoreIfExists()) {
                return;
            }
            throw WorkspaceException.functionExists(name.fullName());
        }
        new StoredFunction(
                        text(create.inputParamText()),
                        create.returnTypeText(),
                        create.exprText().get(),
                        create.comment().isEmpty() ? null : create.comment().get())
                .typed(session)
                .write(schema, name.name());
    }

    private static String text(Option<String> text) {
        return text.isEmpty() ? "" : text.get();
    }

    private Path schema(ObjectName name) {
        Path schema = tables.schema(name.catalog(), name.schema());
        if (!Files.isDirectory(schema)) {
            throw WorkspaceException.noSuchSchema(name.catalog() + "." + name.schema());
        }
        return schema;
    }
}
