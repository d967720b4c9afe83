package com.clarifai.databricks.app;

import com.clarifai.databricks.flow.check.Check;
import com.clarifai.databricks.flow.check.CheckReport;
import com.clarifai.databricks.flow.check.CheckReport.Result;
import com.clarifai.databricks.flow.check.Checks;
import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;

/** The checks of connections and rights, made in an application of its own. */
public final class ConnectionCheck {

    private ConnectionCheck() {}

    /**
     * Makes the checks that the headers, and the settings, ask for.
     *
     * @param listener gets each result as soon as it is known
     */
    public static CheckReport run(
            Settings settings, FlowParameters parameters, Map<String, Object> headers, Consumer<Result> listener) {
        Map<Check, Throwable> problems = new EnumMap<>(Check.class);
        require(problems, Check.WORKSPACE, () -> Requirements.databricks(settings));
        require(problems, Check.COMPUTE, () -> Requirements.sql(settings));
        require(problems, Check.CLARIFAI, () -> Requirements.clarifai(settings));
        // a miniature run leaves nothing behind
        settings.set("runs.history", "false");
        try (Application application = start(settings, parameters, problems)) {
            CheckReport report = new CheckReport(problems, listener);
            Exchange exchange =
                    ExchangeBuilder.anExchange(application.context()).build();
            exchange.getMessage().setHeaders(headers);
            exchange.setVariable(Checks.REPORT, report);
            application.context().createProducerTemplate().send("direct:check", exchange);
            if (exchange.getException() != null) {
                throw new RunFailedException(exchange.getException());
            }
            return report;
        }
    }

    /** A Clarifai token that is to come from a secret is fetched at the start. */
    private static Application start(Settings settings, FlowParameters parameters, Map<Check, Throwable> problems) {
        try {
            return Application.startUnconnected(settings, parameters, Set.of("check"));
        } catch (RuntimeException e) {
            if (!settings.get(Requirements.PAT).contains("{{") || problems.containsKey(Check.CLARIFAI)) {
                throw e;
            }
            problems.put(Check.CLARIFAI, e);
            settings.set(Requirements.PAT, "");
            return Application.startUnconnected(settings, parameters, Set.of("check"));
        }
    }

    private static void require(Map<Check, Throwable> problems, Check check, Runnable requirement) {
        try {
            requirement.run();
        } catch (InvalidSettingException e) {
            problems.put(check, e);
        }
    }

    /** One result, as JSON output and the page have it. */
    public static Map<String, Object> json(Result result) {
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("check", result.check().label());
        check.put("status", result.status().name().toLowerCase(Locale.ROOT));
        check.put("detail", result.failure() == null ? result.detail() : Problems.describe(result.failure()));
        check.put("needs", result.check().needs());
        return check;
    }
}
