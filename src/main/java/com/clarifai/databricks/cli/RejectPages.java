package com.clarifai.databricks.cli;

import com.clarifai.databricks.delta.TableName;
import com.google.common.collect.AbstractIterator;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Rejected rows as a table has them, asked for page by page. */
final class RejectPages extends AbstractIterator<Map<String, Object>> {

    /** With names and reasons at their longest, less than a warehouse gives out with one statement. */
    private static final int PAGE = 500;

    private static final String POSITION = "position";

    private final CamelContext context;
    private final String route;
    private final TableName table;
    private final String run;
    private Iterator<Map<String, Object>> page = Collections.emptyIterator();
    private String after = "";
    private boolean last;

    /**
     * @param route that gives a page
     * @param run only those of this run; empty for all
     */
    RejectPages(CamelContext context, String route, TableName table, String run) {
        this.context = context;
        this.route = route;
        this.table = table;
        this.run = run;
    }

    @Override
    protected Map<String, Object> computeNext() {
        if (!page.hasNext() && !last) {
            page = nextPage();
        }
        if (!page.hasNext()) {
            return endOfData();
        }
        Map<String, Object> row = new LinkedHashMap<>(page.next());
        after = String.valueOf(row.remove(POSITION));
        return row;
    }

    @SuppressWarnings("unchecked")
    private Iterator<Map<String, Object>> nextPage() {
        List<Map<String, Object>> rows = context.createFluentProducerTemplate()
                .withHeader("limit", PAGE)
                .withVariables(Map.of("rejectedIn", table, "wantedRun", run, "after", after))
                .to(route)
                .request(List.class);
        last = rows.size() < PAGE;
        return rows.iterator();
    }
}
