package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.flow.run.Batches;
import com.clarifai.databricks.flow.run.Run;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The route of {@code import/csv.camel.yaml}, to send files through. */
final class CsvRoute implements AutoCloseable {

    static final String SOURCE = "s3://bucket/rows.csv";

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private Consumer<List<Map<String, Object>>> consumer;
    private Run run;

    CsvRoute() throws Exception {
        context.getRegistry().bind("csv", new CsvFormat());
        context.getRegistry().bind("importRows", new ImportRows());
        context.getRegistry().bind("batches", new Batches());
        context.getRegistry().bind("collected", new Collected());
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "classpath:import/csv.camel.yaml"));
        context.start();
        template = context.createProducerTemplate();
    }

    /** Called by the route. */
    public final class Collected {
        public void add(List<Map<String, Object>> batch) {
            consumer.accept(batch);
        }
    }

    List<Map<String, Object>> rows(String csv) throws Exception {
        return rows(csv.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    List<Map<String, Object>> rows(byte[] csv, Map<String, Object> headers) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        stream(new ByteArrayInputStream(csv), headers, rows::addAll);
        return rows;
    }

    /** That of the file that was sent last. */
    Run run() {
        return run;
    }

    /** Throws what the route failed with. */
    void stream(InputStream csv, Map<String, Object> headers, Consumer<List<Map<String, Object>>> batches)
            throws Exception {
        consumer = batches;
        run = Run.open("import-csv");
        Exchange exchange = ExchangeBuilder.anExchange(context).withBody(csv).build();
        Map<String, Object> parameters = new HashMap<>(headers);
        Object source = parameters.getOrDefault("source", SOURCE);
        exchange.setVariable("file", new CsvFile(source.toString(), "bucket", "rows.csv", -1, true));
        Object length = parameters.remove("length");
        if (length != null) {
            exchange.getMessage().setHeader(AWS2S3Constants.CONTENT_LENGTH, length);
        }
        exchange.getMessage().getHeaders().putAll(parameters);
        exchange.setVariable(Run.VARIABLE, run);
        template.send("direct:csv", exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    @Override
    public void close() throws Exception {
        context.close();
    }
}
