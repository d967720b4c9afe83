package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.table.ResultPages;
import com.google.common.collect.AbstractIterator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;

/**
 * What an import of a volume has to bring to an end: a batch of files is listed and planned when the pages of the one before
 * have been given out, so that the first files are sent while the others are still to be listed.
 */
public final class PlannedPages {

    /** Variable of a planned batch: how many of it are to be sent. */
    public static final String PENDING = "pending";

    /**
     * Variable of a batch that is to be planned: {@code "true"} when its plan is to say of new files that they are sent, which
     * spares the first pictures to wait for another statement. Not of later batches, which may wait long after their plan, nor
     * of those for a cluster, whose job claims them.
     */
    public static final String CLAIMED_AT_ONCE = "claimedAtOnce";

    /**
     * The body is an {@link Iterator} of batches of files.
     *
     * @param plan the route that plans one, {@code direct:...}; behind it the variable {@link #PENDING} is set
     * @param file the statement of a page of what was planned, in {@code routes/sql/}
     * @param column the column that it is ordered by
     */
    public Iterator<List<Map<String, Object>>> of(Exchange exchange, String plan, String file, String column) {
        return new PageIterator(exchange, plan, file, column);
    }

    private static final class PageIterator extends AbstractIterator<List<Map<String, Object>>> {

        private final ResultPages results = new ResultPages();
        private final Exchange exchange;
        private final Run run;
        private final ProducerTemplate template;
        private final Iterator<?> batches;
        private final String plan;
        private final String file;
        private final String column;
        private Iterator<List<Map<String, Object>>> pages;
        private long pending;
        private boolean begun;

        PageIterator(Exchange exchange, String plan, String file, String column) {
            this.exchange = exchange;
            this.run = exchange.getVariable(Run.VARIABLE, Run.class);
            this.template = exchange.getContext().createProducerTemplate();
            this.batches = exchange.getMessage().getBody(Iterator.class);
            this.plan = plan;
            this.file = file;
            this.column = column;
        }

        @Override
        protected List<Map<String, Object>> computeNext() {
            while (pages != null || batches.hasNext()) {
                if (pages == null) {
                    planNext();
                }
                if (pages.hasNext()) {
                    List<Map<String, Object>> page = pages.next();
                    pending -= page.size();
                    return page;
                }
                pages = null;
                // what another page is sending: a list that changed while it was read has given a file twice
                run.add(Count.SKIPPED, pending);
            }
            return endOfData();
        }

        private void planNext() {
            Exchange batch = exchange.copy();
            batch.getMessage().setBody(batches.next());
            batch.setVariable(CLAIMED_AT_ONCE, String.valueOf(!begun && !isForCluster()));
            begun = true;
            template.send(plan, batch);
            if (batch.getException() != null) {
                throw RuntimeCamelException.wrapRuntimeCamelException(batch.getException());
            }
            pending = batch.getVariable(PENDING, long.class);
            // how many there are in all is known when the last files are listed
            if (!batches.hasNext()) {
                run.expect(run.planned());
            }
            pages = results.of(batch, file, column, "");
        }

        private boolean isForCluster() {
            return "cluster".equals(exchange.getMessage().getHeader("on"));
        }
    }
}
