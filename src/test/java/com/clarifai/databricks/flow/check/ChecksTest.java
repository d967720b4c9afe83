package com.clarifai.databricks.flow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.check.CheckReport.Result;
import com.clarifai.databricks.flow.check.CheckReport.Status;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Which checks are made, and what is said of the others. */
class ChecksTest {

    private final Checks checks = new Checks();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final List<Result> heard = new ArrayList<>();
    private final CheckReport report = new CheckReport(Map.of(), heard::add);

    @Test
    void whatTheyMakeHasANameOfItsOwnEachTime() {
        assertThat(checks.all(exchange, "main", "default")).containsExactly(Check.values());
        Object scratch = header("scratch");
        assertThat(scratch).asString().matches("clarifai_check_[0-9a-f]{12}");
        assertThat(header("scratchTable")).isEqualTo(new TableName("main", "default", scratch.toString()));

        checks.all(exchange, "main", "default");
        assertThat(header("scratch")).isNotEqualTo(scratch);
    }

    @Test
    void withoutASchemaNoTableIsMade() {
        checks.all(exchange, "main", null);
        checks.all(exchange, null, "default");

        assertThat(header("scratchTable")).isNull();
        assertThat(header("scratch")).isNotNull();
    }

    @Test
    void aSettingThatIsKnownToBeWrongFailsItsCheckWithoutATry() {
        IllegalArgumentException missing = new IllegalArgumentException("databricks.host is not set");
        CheckReport known = new CheckReport(Map.of(Check.WORKSPACE, missing), heard::add);

        assertThat(checks.isDue(exchange, known, Check.WORKSPACE)).isFalse();
        assertThat(heard).containsExactly(new Result(Check.WORKSPACE, Status.FAILED, null, missing));
        assertThat(known.failed()).isTrue();
        assertThat(checks.isDue(exchange, known, Check.COMPUTE)).isFalse();
        assertThat(heard.get(1).detail()).isEqualTo("workspace failed");
    }

    @Test
    void whatDependsOnAnotherCheckIsTriedOnlyWhenThatOneIsRight() {
        assertThat(checks.isDue(exchange, report, Check.CATALOG)).isFalse();
        assertThat(heard).containsExactly(new Result(Check.CATALOG, Status.SKIPPED, "--catalog is not given", null));

        exchange.getMessage().setHeader("catalog", "main");
        assertThat(checks.isDue(exchange, report, Check.CATALOG)).isFalse();
        assertThat(heard.get(1).detail()).isEqualTo("workspace was skipped");

        checks.passed(report, Check.WORKSPACE, "jane@x.org");
        assertThat(checks.isDue(exchange, report, Check.CATALOG)).isTrue();
        assertThat(heard).hasSize(3).last().isEqualTo(new Result(Check.WORKSPACE, Status.OK, "jane@x.org", null));
        assertThat(report.failed()).isFalse();
    }

    @Test
    void whatIsNotAskedForIsLeftOut() {
        exchange.getMessage().setHeader("skip", "clarifai,new-table");

        assertThat(checks.isDue(exchange, report, Check.CLARIFAI)).isFalse();
        assertThat(heard).containsExactly(new Result(Check.CLARIFAI, Status.SKIPPED, "not asked for", null));
        assertThat(checks.isDue(exchange, report, Check.WORKSPACE)).isTrue();
    }

    /** What an import has made is removed, whether it came to its end or not. */
    @Test
    void whatADeepCheckHasMadeIsRemovedUnlessNothingWasMade() {
        exchange.getMessage().setHeader("deep", true);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("broken"));
        checks.failed(exchange, report, Check.IMPORT);
        assertThat(heard.get(0).failure()).hasMessage("broken");
        for (Check cleaning : List.of(Check.CLEAN_TABLES, Check.CLEAN_FILES, Check.CLEAN_DATASET)) {
            assertThat(checks.isDue(exchange, report, cleaning)).isTrue();
        }
        assertThat(checks.isDue(exchange, report, Check.EXPORT)).isFalse();

        CheckReport without = new CheckReport(Map.of(), heard::add);
        checks.isDue(exchange, without, Check.IMPORT);
        assertThat(checks.isDue(exchange, without, Check.CLEAN_TABLES)).isFalse();
        assertThat(heard).last().isEqualTo(new Result(Check.CLEAN_TABLES, Status.SKIPPED, "nothing was made", null));
    }

    @Test
    void whatWasFoundOutIsNeitherGoodNorBadAndResultsStandInTheOrderOfTheChecks() {
        checks.passed(report, Check.ENDED_SESSION, "they are closed");
        checks.passed(report, Check.SQL, "it answers");

        assertThat(report.results())
                .extracting(Result::check, Result::status)
                .containsExactly(tuple(Check.SQL, Status.OK), tuple(Check.ENDED_SESSION, Status.FACT));
        assertThat(Check.ENDED_SESSION.needs()).isEqualTo(Check.SQL.needs()).contains("JDBC driver");
        assertThat(Check.ENDED_SESSION.label()).isEqualTo("ended-session");
        assertThat(Check.ENDED_SESSION.isFact()).isTrue();
        assertThat(Check.SQL.isFact()).isFalse();
    }

    /** Tables that are there need no right to make others. */
    @Test
    void whoNamesATableNeedNotBeAllowedToMakeOne() {
        exchange.setException(new SQLException("no SQLSTATE: 42501"));
        assertThat(checks.mayDoWithoutNewTables(exchange, "main.default.inputs"))
                .isTrue();
        assertThat(checks.mayDoWithoutNewTables(exchange, null)).isFalse();

        exchange.setException(new SQLException("no SQLSTATE: 42P01"));
        assertThat(checks.mayDoWithoutNewTables(exchange, "main.default.inputs"))
                .isFalse();
    }

    @Test
    void aFailureThatWasPutByIsTheOneThatIsTold() {
        IllegalStateException failure = new IllegalStateException("first");
        exchange.setProperty("failure", failure);

        assertThatThrownBy(() -> checks.refuse(exchange)).isSameAs(failure);
    }

    @Test
    void picturesForATryAreNeverTheSameAndOneIsLarge() throws IOException {
        byte[] picture = TestPicture.draw();
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture));

        assertThat(read.getWidth()).isEqualTo(64);
        assertThat(read.getHeight()).isEqualTo(48);
        assertThat(read.getRGB(63, 47)).isNotEqualTo(read.getRGB(0, 0));
        assertThat(TestPicture.draw()).isNotEqualTo(picture);
        assertThat(TestPicture.drawLarge().length).isBetween(11_000_000, 13_000_000);
    }

    private Object header(String name) {
        return exchange.getMessage().getHeader(name);
    }
}
