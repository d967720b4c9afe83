package com.clarifai.databricks.flow;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.JsonRow;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.Run.Count;
import com.clarifai.databricks.flow.Run.Phase;
import com.clarifai.databricks.mapping.LegacyRows;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** Reads a table of the old module page by page, as rows of today's schema. The routes call it by name. */
public final class LegacyTable {

    /**
     * Sets the headers {@code kind}, {@code key} and {@code taken}, what SQL is to give of a row, by the columns of the table.
     *
     * @throws IllegalArgumentException when it is neither a table of inputs nor of annotations
     */
    public void recognise(
            Exchange exchange,
            @Body List<Map<String, Object>> description,
            @Header("target") TableName target,
            @Header("force") Boolean force) {
        Columns table = Columns.of(description);
        if (table.isEmpty()) {
            throw new IllegalArgumentException("table " + target.fullName() + " does not exist");
        }
        Message message = exchange.getMessage();
        if (table.has(AnnotationColumns.ANNOTATION_ID)) {
            message.setHeader("kind", "annotations");
            message.setHeader("key", AnnotationColumns.ANNOTATION_ID);
        } else if (table.has(InputColumns.INPUT_ID)) {
            message.setHeader("kind", "inputs");
            message.setHeader("key", InputColumns.INPUT_ID);
        } else {
            throw new IllegalArgumentException("table " + target.fullName()
                    + " has neither annotation_id nor input_id: it is no table of the old module");
        }
        if (!"string"
                .equals(table.types()
                        .get(
                                message.getHeader("kind").equals("inputs")
                                        ? InputColumns.INPUT_CREATED_AT
                                        : AnnotationColumns.ANNOTATION_CREATED_AT))) {
            throw new IllegalArgumentException("table " + target.fullName()
                    + " is not one of the old module: its times are no text. It can be updated as it is");
        }
        TableKind kind = TableKind.valueOf((String) message.getHeader("kind"));
        Tables.refuseForeign(description, target, kind, force);
        boolean inputs = kind == TableKind.inputs;
        message.setHeader(
                "taken",
                JsonRow.select(table.names().stream()
                        .filter(inputs ? LegacyRows::isOfInput : LegacyRows::isOfAnnotation)
                        .toList()));
    }

    /** A page of that table. App and dataset, which it does not have, are those of the message. */
    public List<Map<String, Object>> rows(
            @Body List<Map<String, Object>> page,
            @Variable("run") Run run,
            @Header("kind") String kind,
            @Header("app") String app,
            @Header("dataset") String dataset) {
        run.enter(Phase.READING);
        boolean inputs = kind.equals("inputs");
        run.add(inputs ? Count.INPUTS : Count.ANNOTATIONS, page.size());
        return page.stream()
                .map(JsonRow::columns)
                .map(inputs ? LegacyRows::input : LegacyRows::annotation)
                .peek(row -> {
                    row.putIfAbsent(InputColumns.APP_ID, app);
                    row.putIfAbsent(InputColumns.DATASET_ID, dataset);
                })
                .toList();
    }
}
