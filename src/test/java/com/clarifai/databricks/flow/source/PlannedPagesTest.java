package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.table.ResultPages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of what was planned, and of any long result: asked for one after the other. */
class PlannedPagesTest {

    /** The rows of the table that is read, two a page. */
    private final List<String> rows = new ArrayList<>();

    private final List<Object> queries = new ArrayList<>();
    private final List<Object> claiming = new ArrayList<>();
    private final CamelContext context = new DefaultCamelContext();
    private final Run run = new Run("run-1", "import-volume");
    private final Exchange exchange = new DefaultExchange(context);

    @BeforeEach
    void warehouse() throws Exception {
        exchange.setVariable(Run.VARIABLE, run);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("query")
                        .templateParameter("file")
                        .from("kamelet:source")
                        .process(PlannedPagesTest.this::answer);
                from("direct:plan").errorHandler(noErrorHandler()).process(PlannedPagesTest.this::plan);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void answer(Exchange query) {
        String after = query.getVariable(ResultPages.AFTER, String.class);
        queries.add(after);
        if ("broken".equals(after)) {
            throw new IllegalStateException("no warehouse");
        }
        query.getMessage()
                .setBody(rows.stream()
                        .filter(id -> id.compareTo(after) > 0)
                        .limit(2)
                        .map(id -> Map.<String, Object>of("id", id))
                        .toList());
    }

    /** Plans all files of a batch whose names have one letter. */
    private void plan(Exchange batch) {
        List<?> files = batch.getMessage().getBody(List.class);
        claiming.add(batch.getVariable(PlannedPages.CLAIMED_AT_ONCE));
        if (files.contains("bad")) {
            throw new IllegalStateException("no plan");
        }
        rows.clear();
        files.stream().map(String::valueOf).filter(name -> name.length() == 1).forEach(rows::add);
        run.planMore(files.size());
        batch.setVariable(PlannedPages.PENDING, (long) files.size());
    }

    @Test
    void aResultIsReadPageByPageFromWhereTheOneBeforeHasEnded() {
        rows.addAll(List.of("a", "b", "c"));

        Iterator<List<Map<String, Object>>> pages = new ResultPages().of(exchange, "list", "id", "");
        assertThat(queries).isEmpty();

        assertThat(pages)
                .toIterable()
                .containsExactly(List.of(Map.of("id", "a"), Map.of("id", "b")), List.of(Map.of("id", "c")));
        assertThat(queries).containsExactly("", "b", "c");
    }

    @Test
    void aPageThatCannotBeReadFailsWithItsReason() {
        assertThatThrownBy(() ->
                        new ResultPages().of(exchange, "list", "id", "broken").next())
                .hasRootCauseMessage("no warehouse");
    }

    @Test
    void aBatchIsPlannedWhenThePagesOfTheOneBeforeAreGivenOut() {
        run.enter(Run.Phase.UPLOADING);
        Iterator<List<Map<String, Object>>> pages = planned(List.of("a", "b", "c"), List.of("d"));
        pages.next();
        assertThat(run.planned()).isEqualTo(3);
        assertThat(run.progress().of()).as("there are more to be listed").isZero();
        pages.next();
        assertThat(run.planned()).isEqualTo(3);

        assertThat(pages.next()).containsExactly(Map.of("id", "d"));
        assertThat(run.progress().of()).isEqualTo(4);
        assertThat(pages).isExhausted();
        assertThat(run.get(Count.SKIPPED)).isZero();
    }

    /** A list that changed while it was read has given a file twice. */
    @Test
    void whatAnotherPageIsSendingIsSkipped() {
        assertThat(planned(List.of("a", "twice"), List.of(), List.of("b")))
                .toIterable()
                .hasSize(2);

        assertThat(run.get(Count.SKIPPED)).isEqualTo(1);
    }

    @Test
    void thePlanOfTheFirstFilesAloneSaysThatTheyAreSent() {
        assertThat(planned(List.of("a"), List.of("b"), List.of("c")))
                .toIterable()
                .hasSize(3);

        assertThat(claiming).containsExactly("true", "false", "false");
    }

    @Test
    void noPlanSaysOfFilesForTheClusterThatTheyAreSent() {
        exchange.getMessage().setHeader("on", "cluster");

        assertThat(planned(List.of("a"))).toIterable().hasSize(1);

        assertThat(claiming).containsExactly("false");
    }

    @Test
    void withoutFilesThereIsNoPage() {
        assertThat(planned()).isExhausted();
    }

    @Test
    void aPlanThatCannotBeMadeFailsWithItsReason() {
        Iterator<List<Map<String, Object>>> pages = planned(List.of("bad"));

        assertThatThrownBy(pages::hasNext).hasRootCauseMessage("no plan");
    }

    private Iterator<List<Map<String, Object>>> planned(List<?>... batches) {
        exchange.getMessage().setBody(Arrays.asList(batches).iterator());
        return new PlannedPages().of(exchange, "direct:plan", "planned", "id");
    }
}
