package com.clarifai.databricks.flow.table;

import com.google.common.collect.AbstractIterator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;

/**
 * Reads a long result page after page, since a warehouse gives out only small ones in one piece. A page is asked for when the
 * one before it has been dealt with.
 */
public final class ResultPages {

    /** Variable of the query: what the page before has ended with. */
    public static final String AFTER = "after";

    /**
     * @param file the statement of a page, in {@code routes/sql/}; its parameter {@code after} is where the page before ended
     * @param column the result's column that it is ordered by
     * @param first what stands before all values of that column
     * @return pages that are not empty
     */
    public Iterator<List<Map<String, Object>>> of(Exchange exchange, String file, String column, Object first) {
        return new PageIterator(exchange, "kamelet:query?file=" + file, column, first);
    }

    private static final class PageIterator extends AbstractIterator<List<Map<String, Object>>> {

        private final Exchange exchange;
        private final ProducerTemplate template;
        private final String query;
        private final String column;
        private Object after;

        PageIterator(Exchange exchange, String query, String column, Object first) {
            this.exchange = exchange;
            this.template = exchange.getContext().createProducerTemplate();
            this.query = query;
            this.column = column;
            this.after = first;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected List<Map<String, Object>> computeNext() {
            Exchange page = exchange.copy();
            page.setVariable(AFTER, after);
            template.send(query, page);
            if (page.getException() != null) {
                throw RuntimeCamelException.wrapRuntimeCamelException(page.getException());
            }
            List<Map<String, Object>> rows = page.getMessage().getBody(List.class);
            if (rows.isEmpty()) {
                return endOfData();
            }
            after = rows.get(rows.size() - 1).get(column);
            return rows;
        }
    }
}
