package com.clarifai.databricks.flow.check;

import com.clarifai.databricks.delta.SqlFailure;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.check.CheckReport.Status;
import com.clarifai.databricks.flow.run.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** Says which checks can be made, and takes down what comes of them. The body is the {@link Check}. */
public final class Checks {

    /** The exchange variable that holds the {@link CheckReport}. */
    public static final String REPORT = "report";

    private static final int SCRATCH_DIGITS = 12;

    /**
     * All checks. Sets the header {@code scratch}, a name for what they make, and, where catalog and schema are given,
     * {@code scratchTable}: that name in them.
     */
    public List<Check> all(Exchange exchange, @Header("catalog") String catalog, @Header("schema") String schema) {
        String scratch = "clarifai_check_"
                + UUID.randomUUID().toString().replace("-", "").substring(0, SCRATCH_DIGITS);
        Message message = exchange.getMessage();
        message.setHeader("scratch", scratch);
        if (catalog != null && schema != null) {
            message.setHeader("scratchTable", new TableName(catalog, schema, scratch));
        }
        return List.of(Check.values());
    }

    /** Whether the check is to be made; one that is not is taken down as such. */
    public boolean isDue(Exchange exchange, @Variable(REPORT) CheckReport report, @Body Check check) {
        Throwable problem = report.problem(check);
        if (problem != null) {
            report.add(check, Status.FAILED, null, problem);
            return false;
        }
        Optional<String> obstacle = obstacle(exchange.getMessage(), report, check);
        obstacle.ifPresent(reason -> report.add(check, Status.SKIPPED, reason, null));
        return obstacle.isEmpty();
    }

    private static Optional<String> obstacle(Message message, CheckReport report, Check check) {
        if (Arrays.asList(message.getHeader("skip", "", String.class).split(","))
                .contains(check.label())) {
            return Optional.of("not asked for");
        }
        if (check.option() != null && message.getHeader(check.option()) == null) {
            return Optional.of("--" + check.option() + " is not given");
        }
        if (check.cleansUp()) {
            return report.is(Check.IMPORT, Status.SKIPPED) ? Optional.of("nothing was made") : Optional.empty();
        }
        return check.after().stream()
                .filter(before -> !report.is(before, Status.OK))
                .findFirst()
                .map(before -> before.label() + (report.is(before, Status.FAILED) ? " failed" : " was skipped"));
    }

    /** Whether the statement failed for want of a right, where a table is named that may be there already. */
    public boolean mayDoWithoutNewTables(Exchange failed, @Header("table") Object table) {
        return table != null
                && Failure.ofStatement(failed)
                        .filter(SqlFailure.NOT_ALLOWED::equals)
                        .isPresent();
    }

    /** Goes on with the failure that was put by. */
    public void refuse(Exchange exchange) throws Exception {
        throw exchange.getProperty("failure", Exception.class);
    }

    public void passed(@Variable(REPORT) CheckReport report, @Variable("check") Check check, @Body String detail) {
        report.add(check, check.isFact() ? Status.FACT : Status.OK, detail, null);
    }

    public void failed(Exchange exchange, @Variable(REPORT) CheckReport report, @Variable("check") Check check) {
        report.add(check, Status.FAILED, null, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }
}
