package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Extensions.NAME;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@code GRANT}, {@code REVOKE} and {@code SHOW GRANTS}. */
final class GrantStatements implements Extension {

    static final String ALL = "ALL PRIVILEGES";

    private static final String ON = " ON (?:(CATALOG|SCHEMA|DATABASE|TABLE|VIEW|VOLUME|FUNCTION) )?" + NAME;
    private static final String PRINCIPAL = "(`[^`]+`|[\\w.@-]+)";
    private static final Pattern GRANT = Extensions.pattern("GRANT ([A-Z ,]+)" + ON + " TO " + PRINCIPAL);
    private static final Pattern REVOKE = Extensions.pattern("REVOKE ([A-Z ,]+)" + ON + " FROM " + PRINCIPAL);
    private static final Pattern SHOW = Extensions.pattern("SHOW GRANTS?(?: " + PRINCIPAL + ")?" + ON);

    private static final StructType SHOWN = new StructType()
            .add("Principal", DataTypes.StringType)
            .add("ActionType", DataTypes.StringType)
            .add("ObjectType", DataTypes.StringType)
            .add("ObjectKey", DataTypes.StringType);

    private final Path data;

    GrantStatements(Path data) {
        this.data = data;
    }

    @Override
    public Optional<Dataset<Row>> run(SparkSession session, String sql) throws ParseException, IOException {
        Matcher grant = GRANT.matcher(sql);
        if (grant.matches()) {
            Securable on = managed(session, grant.group(2), grant.group(3));
            new Grants(on.grants()).grant(bare(grant.group(4)), privileges(grant.group(1), on));
            return Optional.of(session.emptyDataFrame());
        }
        Matcher revoke = REVOKE.matcher(sql);
        if (revoke.matches()) {
            Securable on = managed(session, revoke.group(2), revoke.group(3));
            new Grants(on.grants()).revoke(bare(revoke.group(4)), privileges(revoke.group(1), on));
            return Optional.of(session.emptyDataFrame());
        }
        Matcher show = SHOW.matcher(sql);
        return show.matches()
                ? Optional.of(show(
                        session,
                        Securable.find(session, data, show.group(2), show.group(3)),
                        show.group(1) == null ? null : bare(show.group(1))))
                : Optional.empty();
    }

    private Securable managed(SparkSession session, String kind, String name) throws ParseException {
        Securable found = Securable.find(session, data, kind, name);
        if (!found.mayManage()) {
            throw WorkspaceException.mayNot("MANAGE", found.kind() + " '" + found.fullName() + "'");
        }
        return found;
    }

    private static List<String> privileges(String text, Securable on) {
        List<String> privileges = Arrays.stream(text.split(","))
                .map(name -> name.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT))
                .map(name -> name.equals("ALL") ? ALL : name)
                .toList();
        for (String privilege : privileges) {
            if (!on.kind().has(privilege)) {
                throw WorkspaceException.notApplicable(privilege, on.fullName() + ":" + on.kind());
            }
        }
        return privileges;
    }

    /** @param principal null for all of them */
    private static Dataset<Row> show(SparkSession session, Securable on, String principal) throws IOException {
        List<Row> rows = new ArrayList<>();
        new Grants(on.grants()).all().forEach((name, privileges) -> {
            if (principal == null || principal.equals(name)) {
                privileges.forEach(privilege ->
                        rows.add(RowFactory.create(name, privilege, on.kind().name(), on.fullName())));
            }
        });
        return session.createDataFrame(rows, SHOWN);
    }

    private static String bare(String principal) {
        return principal.replace("`", "");
    }
}
