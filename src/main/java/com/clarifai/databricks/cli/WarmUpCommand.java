package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.databricks.Credentials;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.quartz.QuartzComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the start script runs once, to make its archive of classes from: the more that loads, the quicker later starts. */
@Command(
        name = "warm-up",
        hidden = true,
        description = "Start all that a flow or a service needs, call nobody but this machine itself, and end.")
final class WarmUpCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUpCommand.class);
    private static final String FILE = "/Volumes/c/s/v/file";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (WarmUpServices services = new WarmUpServices();
                Application application = Application.start(settings(services), new FlowCatalog())) {
            CamelContext context = application.context();
            context.getComponent("quartz", QuartzComponent.class).getScheduler();
            ProducerTemplate template = context.createProducerTemplate();
            // the kinds of calls that flows make; that they fail behind what loads their classes is no matter
            call(template, "databricks:getSchema?catalog=c&schema=s", null);
            call(template, "databricks:listFiles?path=/Volumes/c/s/v", null);
            call(template, "databricks:upload?overwrite=true&path=" + FILE, new byte[] {1});
            call(template, "databricks:readFiles", List.of(row(InputColumns.SOURCE_URI, FILE)));
            call(template, "direct:sql", "SELECT 1");
            call(template, "clarifai:getApp?appId=a", null);
            call(template, "clarifai:ensureDataset?appId=a&datasetId=d", null);
            call(template, "clarifai:uploadInputs?appId=a&datasetId=d", rows());
            call(template, "clarifai:lookupInputs?appId=a", rows());
        }
        return ExitCode.OK;
    }

    private Settings settings(WarmUpServices services) {
        Settings settings = ((ConnectCommand) spec.root().userObject()).settings();
        settings.set("databricks.host", services.workspaceUrl());
        settings.set("databricks.token", "none");
        settings.set("databricks.auth-type", Credentials.ACCESS_TOKEN);
        settings.set("databricks.http-path", "/sql/1.0/warehouses/0123456789abcdef");
        settings.set("clarifai.base-url", services.clarifaiUrl());
        settings.set(Requirements.PAT, "none");
        settings.set("clarifai.user-id", "none");
        settings.set("proxy.url", "");
        return settings;
    }

    private static List<Map<String, Object>> rows() {
        Map<String, Object> row = row(InputColumns.INPUT_ID, "i");
        row.put(InputColumns.IMAGE_URL, "https://images.invalid/i.jpg");
        row.put(InputColumns.CONCEPTS, "[\"c\"]");
        return new ArrayList<>(List.of(row));
    }

    private static Map<String, Object> row(String column, Object value) {
        Map<String, Object> row = new HashMap<>();
        row.put(column, value);
        return row;
    }

    private static void call(ProducerTemplate template, String endpoint, Object body) {
        Exchange answer =
                template.request(endpoint, exchange -> exchange.getMessage().setBody(body));
        LOG.debug("{}", endpoint, answer.getException());
    }
}
