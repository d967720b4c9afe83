package com.clarifai.databricks.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;

/** The first rows of a table, for people: side by side where they fit on a line, else one row below the other. */
final class TablePreview {

    private static final int LINE_WIDTH = 160;
    private static final int CELL_WIDTH = 60;
    private static final int LONG_CELL_WIDTH = 120;

    /** The route that reads the rows. */
    static final String ROUTE = "preview";

    private TablePreview() {}

    /** @param table its full name */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> rows(CamelContext context, String table, int limit) {
        return context.createFluentProducerTemplate()
                .withHeader("table", table)
                .withHeader("limit", limit)
                .to("direct:" + ROUTE)
                .request(List.class);
    }

    /** Columns that have no value in any of the rows are left out. */
    static String text(List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return "(no rows)";
        }
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> row.forEach((name, value) -> {
            if (value != null) {
                names.add(name);
            }
        }));
        String wide = sideBySide(rows, List.copyOf(names));
        return wide.indexOf(System.lineSeparator()) <= LINE_WIDTH ? wide : oneBelowTheOther(rows, names);
    }

    private static String sideBySide(List<Map<String, Object>> rows, List<String> names) {
        List<ColumnData<Map<String, Object>>> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(column(name, CELL_WIDTH).with(row -> cell(row.get(name))));
        }
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, rows, columns);
    }

    private static String oneBelowTheOther(List<Map<String, Object>> rows, Set<String> names) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            Map<String, Object> row = rows.get(i);
            List<String> present =
                    names.stream().filter(name -> row.get(name) != null).toList();
            text.append(i == 0 ? "" : System.lineSeparator())
                    .append(AsciiTable.getTable(
                            AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                            present,
                            List.of(
                                    column("row " + (i + 1), CELL_WIDTH).with(name -> name),
                                    column("", LONG_CELL_WIDTH).with(name -> cell(row.get(name))))));
        }
        return text.toString();
    }

    private static Column column(String header, int width) {
        return new Column()
                .header(header)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(width, OverflowBehaviour.ELLIPSIS_RIGHT);
    }

    /** A value on one line, without what a terminal would take as a command. */
    private static String cell(Object value) {
        return value == null ? "" : value.toString().replaceAll("\\p{Cntrl}+", " ");
    }
}
