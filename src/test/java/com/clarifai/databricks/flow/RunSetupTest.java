package com.clarifai.databricks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.component.clarifai.ClarifaiConstants;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.RunListener;
import com.clarifai.databricks.model.WaitListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.Test;

/** What a run is set up with from the parameters of its flow. */
class RunSetupTest {

    private final RunSetup setup = new RunSetup();
    private final CamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);

    @Test
    void anImportOfAVolumeReadsItsFolderAndTracksInTheTable() {
        headers(Map.of("app", "a", "dataset", "d", "verify", "true"));

        setup.beginImport(exchange, "main", "default", "inputs", "photos", "cats");

        Run run = run();
        assertThat(run.folder()).isEqualTo("/Volumes/main/default/photos/cats");
        assertThat(run.tables().tracking().fullName()).isEqualTo("main.default.inputs");
        assertThat(run.tables().rejects().fullName()).isEqualTo("main.default.inputs_rejects");
        assertThat(run.summary())
                .containsKeys("read", "imported", "existing", "rejected", "skipped")
                .doesNotContainKey("updated");
        assertThat(header("verify")).isEqualTo("true");
        assertThat(header("retryRejected")).isEqualTo("false");
        assertThat(header(ClarifaiConstants.APP_ID)).isEqualTo("a");
        assertThat(header(ClarifaiConstants.DATASET_ID)).isEqualTo("d");
        assertThat(exchange.getProperty(WaitListener.PROPERTY)).isSameAs(run);
    }

    @Test
    void withoutAPathTheWholeVolumeIsRead() {
        setup.beginImport(exchange, "main", "default", "other.schema.inputs", "photos", null);

        assertThat(run().folder()).isEqualTo("/Volumes/main/default/photos/");
        assertThat(run().tables().main().fullName()).isEqualTo("other.schema.inputs");
    }

    @Test
    void anImportOfAFolderOfThisMachineReadsIt() {
        setup.beginImportOfFolder(exchange, "main", "default", "inputs", "file:///home/jane/photos/");

        assertThat(run().folder()).isEqualTo("file:///home/jane/photos/");
        assertThat(run().summary()).containsKey("read");
        assertThat(header("verify")).isEqualTo("false");
    }

    @Test
    void anImportOfRowsMayUpdateInputsAndBringAnnotations() {
        headers(Map.of("onExisting", "OVERWRITE", "allowDuplicateUrl", true));

        setup.beginImportOfRows(exchange, "main", "default", "inputs");

        assertThat(run().tables().tracking().fullName()).isEqualTo("main.default.inputs");
        assertThat(run().folder()).isNull();
        assertThat(run().summary())
                .containsKeys(
                        "read",
                        "imported",
                        "existing",
                        "rejected",
                        "skipped",
                        "updated",
                        "annotations",
                        "rejectedAnnotations");
        assertThat(header(ClarifaiConstants.ON_EXISTING)).isEqualTo("OVERWRITE");
        assertThat(header(ClarifaiConstants.ALLOW_DUPLICATE_URL)).isEqualTo(true);
    }

    @Test
    void anExportReadsAWholeDatasetIntoTwoTables() {
        headers(export());

        setup.beginExport(exchange, IfExists.replace);

        Run run = run();
        assertThat(run.tables().inputs().fullName()).isEqualTo("main.default.i");
        assertThat(run.tables().annotations().fullName()).isEqualTo("main.default.a");
        assertThat(run.dataset().ifExists()).isEqualTo(IfExists.replace);
        assertThat(run.dataset().isUpdate()).isFalse();
        assertThat(run.dataset().isForgetting()).isFalse();
        assertThat(run.dataset().selection()).contains("\"app\":\"a\"", "main");
        assertThat(run.dataset().images().path()).isNull();
        assertThat(run.summary())
                .containsKeys(
                        "inputs",
                        "annotations",
                        "inputsInserted",
                        "inputsUpdated",
                        "annotationsInserted",
                        "annotationsUpdated")
                .doesNotContainKeys("staged", "inputsDeleted");
    }

    @Test
    void withoutARuleAnExportFailsWhereThereIsATableAlready() {
        headers(export());

        setup.beginExport(exchange, null);

        assertThat(run().dataset().ifExists()).isEqualTo(IfExists.fail);
    }

    @Test
    void theTwoTablesOfAnExportHaveToDifferAsUnityCatalogSeesThem() {
        headers(export());
        exchange.getMessage().setHeader("annotationsTable", "MAIN.default.I");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup.beginExport(exchange, IfExists.merge))
                .withMessageContaining("both main.default.i");
        assertThat(run()).isNull();
    }

    @Test
    void imagesGoIntoTheFolderOfTheVolume() {
        headers(export());
        headers(Map.of("images", "true", "volume", "pictures", "path", "cats"));

        setup.beginExport(exchange, IfExists.merge);

        assertThat(run().dataset().images().path()).isEqualTo("/Volumes/main/default/pictures/cats");
        assertThat(run().dataset().images().inUse()).isTrue();
    }

    @Test
    void anUpdateCountsWhatItComparesAndWhatIsGoneOnlyWhereThatIsAskedFor() {
        headers(export());

        setup.beginUpdate(exchange, null);

        assertThat(run().dataset().isUpdate()).isTrue();
        assertThat(run().dataset().ifExists()).isEqualTo(IfExists.merge);
        assertThat(run().summary()).containsKey("staged").doesNotContainKeys("inputsDeleted", "annotationsDeleted");
        exchange.removeVariable(Run.VARIABLE);

        setup.beginUpdate(exchange, Deletes.mark);
        assertThat(run().summary()).containsKeys("staged", "inputsDeleted", "annotationsDeleted");
    }

    @Test
    void anUpdateThatContradictsItselfIsRefusedBeforeItBegins() {
        headers(export());
        headers(Map.of("concept", "cat"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup.beginUpdate(exchange, Deletes.mark))
                .withMessageContaining("deletes=mark");
        assertThat(run()).isNull();
    }

    @Test
    void aMigrationPutsTheRowsInPlaceOfThoseOfTheOldTable() {
        setup.beginMigration(exchange, "main.default.old");

        assertThat(run().tables().legacy().fullName()).isEqualTo("main.default.old");
        assertThat(run().dataset().ifExists()).isEqualTo(IfExists.replace);
        assertThat(run().summary())
                .containsKeys("inputs", "annotations", "inputsInserted", "annotationsInserted")
                .doesNotContainKey("inputsUpdated");
    }

    @Test
    void aRunThatIsWatchedAlreadyIsTheOneThatBegins() {
        Run watched = new Run("run-1", "import-volume");
        exchange.setVariable(Run.VARIABLE, watched);
        headers(Map.of("dryRun", "true"));

        setup.beginImport(exchange, "main", "default", "inputs", "photos", null);

        assertThat(run()).isSameAs(watched);
        assertThat(watched.isDryRun()).isTrue();
    }

    @Test
    void aRunIsNoDryRunUnlessThatIsAskedFor() {
        setup.beginImport(exchange, "main", "default", "inputs", "photos", null);

        assertThat(run().isDryRun()).isFalse();
    }

    @Test
    void aListenerOfTheApplicationHearsOfTheRunUntilItsEnd() {
        List<String> heard = new ArrayList<>();
        context.getRegistry().bind("listener", new RunListener() {
            @Override
            public void began(Run run) {
                heard.add("began");
            }

            @Override
            public void counted(Run run, Count count, long number) {
                heard.add(count + " " + number);
            }

            @Override
            public void sent(Run run, long bytes) {}

            @Override
            public void ended(Run run) {
                heard.add("ended");
            }
        });

        setup.beginImport(exchange, "main", "default", "inputs", "photos", null);
        run().add(Count.READ, 2);
        assertThat(heard).containsExactly("began", "READ 2");

        UnitOfWorkHelper.doneSynchronizations(
                exchange, exchange.getExchangeExtension().handoverCompletions());
        assertThat(heard).containsExactly("began", "READ 2", "ended");
    }

    @Test
    void idsOfJobsAre32HexadecimalDigitsAndNeverTheSame() {
        assertThat(setup.jobId()).matches("[0-9a-f]{32}").isNotEqualTo(setup.jobId());
    }

    private static Map<String, Object> export() {
        return Map.of(
                "catalog", "main",
                "schema", "default",
                "inputsTable", "i",
                "annotationsTable", "a",
                "app", "a",
                "dataset", "d");
    }

    private void headers(Map<String, Object> headers) {
        exchange.getMessage().getHeaders().putAll(headers);
    }

    private Object header(String name) {
        return exchange.getMessage().getHeader(name);
    }

    private Run run() {
        return exchange.getVariable(Run.VARIABLE, Run.class);
    }
}
