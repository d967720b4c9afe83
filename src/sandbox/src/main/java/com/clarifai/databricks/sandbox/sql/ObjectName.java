package com.clarifai.databricks.sandbox.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import scala.jdk.javaapi.CollectionConverters;

/** The full name of something in a schema, in lower case as Unity Catalog keeps it. */
record ObjectName(String catalog, String schema, String name) {

    /** What a statement names, which may leave out the session's current catalog and schema. */
    static ObjectName of(SparkSession session, List<String> parts) {
        List<String> all = new ArrayList<>(parts);
        CatalogManager current = session.sessionState().catalogManager();
        if (all.size() < 2) {
            all.add(0, current.currentNamespace()[0]);
        }
        if (all.size() < 3) {
            all.add(0, current.currentCatalog().name());
        }
        if (all.size() > 3) {
            throw WorkspaceException.invalidName(String.join(".", parts));
        }
        return new ObjectName(lower(all.get(0)), lower(all.get(1)), lower(all.get(2)));
    }

    /** @param text as in {@code main.`default`.photos} */
    static ObjectName parse(SparkSession session, String text) throws ParseException {
        return of(session, parts(session, text));
    }

    /** The schema that a statement names; the name of what is in it is empty. */
    static ObjectName parseSchema(SparkSession session, String text) throws ParseException {
        List<String> parts = new ArrayList<>(parts(session, text));
        parts.add("");
        return of(session, parts);
    }

    static List<String> parts(SparkSession session, String text) throws ParseException {
        return CollectionConverters.asJava(session.sessionState().sqlParser().parseMultipartIdentifier(text));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    String fullName() {
        return catalog + "." + schema + "." + name;
    }
}
