package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.clarifai.grpc.api.Input;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;

/**
 * The console in a browser, over the sandbox. One service and one browser for all tests; the walk-through is the first,
 * as it begins with a service that knows neither Databricks nor Clarifai.
 */
@TestInstance(Lifecycle.PER_CLASS) // names of its own when it is run again
@TestMethodOrder(OrderAnnotation.class)
class ConsoleBrowserIT {

    private static final String REGIONS = """
            {"concepts": [], "more": false, "regions": [
              {"type": "bounding_box", "top_row": 0.1, "left_col": 0.25, "bottom_row": 0.6, "right_col": 0.75,
               "concepts": [{"id": "cat", "value": 1}]},
              {"type": "polygon", "points": [{"row": 0.2, "col": 0.1}, {"row": 0.4, "col": 0.3}, {"row": 0.1, "col": 0.5}],
               "concepts": [{"id": "dog", "value": 0}]},
              {"type": "point", "points": [{"row": 0.5, "col": 0.5}], "concepts": []},
              {"type": "mask", "mask": "%s", "concepts": []}]}
            """;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String volume = "console_" + suffix;
    private final String slowVolume = "slow_" + suffix;
    private static final int SLOW_IMAGES = 40;
    private static final String SLOW_DATASET = "images";
    private final String crowded = "crowded_" + suffix;
    private static final int MANY = 10_000;
    private static final String COMPUTE = "Databricks Cluster ID or SQL warehouse";
    private static final String PASSWORD = "correct horse battery staple";

    private Sandbox sandbox;
    private ClarifaiApp app;
    private JsonNode corpus;
    private ConsoleService service;
    private Browser browser;
    private ConsolePage page;

    @BeforeAll
    void start() {
        assumeTrue(Browser.isInstalled(), Browser.missing());
        sandbox = Sandbox.shared();
        app = ClarifaiApp.create(sandbox, "console-" + suffix);
        app.createDataset("few");
        sandbox.createVolume("main.default." + volume);
        corpus = sandbox.writeCorpus("main.default." + volume, 30);
        sandbox.createVolume("main.default." + slowVolume);
        sandbox.writeSmallImages("main.default." + slowVolume, SLOW_IMAGES);
        service = ConsoleService.start(sandbox.settingsWith(settings()));
        browser = Browser.start();
        page = new ConsolePage(browser.driver(), service.url());
        browser.driver().get(service.printedUrl());
    }

    /** Nothing of what is entered on the page, and batches so small that a run has a middle. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        for (String entered : List.of(
                "databricks.host", "databricks.token", "databricks.warehouse-id", "clarifai.pat", "clarifai.user-id")) {
            settings.put(entered, "");
        }
        settings.put("import.batch-size", "4");
        settings.put("import.parallel-batches", "2");
        return settings;
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @BeforeEach
    void connected() {
        page.open("#/connection");
        if (browser.has(By.cssSelector(".connection[data-state='missing']"))) {
            connect();
            // which goes on to the first form
            page.open("#/connection");
        }
    }

    @AfterEach
    void nothingIsWrongInTheBrowser() {
        sandbox.clearFaults();
        assertThat(browser.complaints())
                .as("violations of the security policy and errors of scripts")
                .isEmpty();
    }

    @Test
    @Order(1)
    void theDocumentedWalkThroughFromAuthenticationToUpdate() {
        importTheVolume();
        importTheCsvFile();
        export();
        update();
        page.tab("Runs");
        assertThat(page.column("Runs of this service", 1)).hasSize(5);
    }

    private void connect() {
        assertThat(page.find(By.className("missing")).getText()).contains("Databricks Host");
        page.type("Databricks Host", sandbox.setting("databricks.host"));
        page.type("Databricks Token", "wrong-token");
        page.until("the refusal at its field", ConsolePage.PATIENCE, () -> !page.problem("Databricks Token")
                .isBlank());

        page.type("Databricks Token", sandbox.setting("databricks.token"));
        WebElement compute = page.field(COMPUTE);
        compute.click();
        page.until(
                "the warehouse, without having asked for the list",
                ConsolePage.PATIENCE,
                () -> browser.has(
                        By.cssSelector("li[data-value='" + sandbox.setting("databricks.warehouse-id") + "']")));
        page.type(COMPUTE, "/sql/1.0/warehouses/" + sandbox.setting("databricks.warehouse-id"));
        page.type("Personal access token", sandbox.setting("clarifai.pat"));
        page.type("User id", sandbox.setting("clarifai.user-id"));
        page.press("Check and use");
        page.until("the service to use it", ConsolePage.LONG, () -> browser.has(By.xpath("//p[.='Connected']")));

        assertThat(page.find(By.className("check-list")).getText())
                .as("a statement has run, and Clarifai has answered")
                .contains("statements run as", "Clarifai");
        assertThat(Accessibility.violations(browser.driver())).isEmpty();
        assertThat(browser.driver().findElements(By.cssSelector(".check-list li")))
                .isNotEmpty()
                .allSatisfy(check ->
                        assertThat(check.getDomAttribute("data-status")).isNotEqualTo("failed"));
        assertThat(page.find(By.className("connection")).getText()).contains("127.0.0.1", "in memory only");
        assertThat(page.field("Databricks Token").getDomProperty("value"))
                .as("what was entered is not shown again")
                .isEmpty();
        browser.screenshot("console-connection");
        page.find(By.linkText("Go to Import")).click();
        page.awaitHeading("Import: Volume");
    }

    private void importTheVolume() {
        page.tab("Import");
        page.choose("Catalog", "mai", "main");
        page.choose("Schema", "def", "default");
        page.choose("Volume", volume, volume);
        page.type("Table", volume);
        page.choose("App", app.id(), app.id());
        page.type("Dataset", "photos");
        page.press("Create dataset");
        page.find(By.xpath("//*[.='Dataset photos has been created']"));
        assertThat(app.datasets()).contains("photos");
        page.unfold("More options");
        page.tick("Label from folder");
        assertThat(page.command())
                .startsWith("databricks-connect import volume --catalog main --schema default")
                .endsWith("--label-from-folder");
        browser.screenshot("console-import");
        page.press("Run");

        page.awaitRun("Completed");
        int rejected = corpus.path("corrupt").asInt()
                + corpus.path("empty").asInt()
                + corpus.path("tooLarge").asInt();
        assertThat(page.figure("Read")).isEqualTo(corpus.path("files").asText());
        assertThat(page.figure("Imported")).isEqualTo(corpus.path("importable").asText());
        assertThat(page.figure("Rejected")).isEqualTo(String.valueOf(rejected));
        assertThat(app.datasetInputs("photos"))
                .hasSize(corpus.path("importable").asInt());

        assertThat(page.column("Rejected", 4)).hasSize(rejected).noneMatch(String::isBlank);
        String csv = (String) browser.driver()
                .executeAsyncScript(
                        "fetch(document.querySelector('a[download]').href).then(a => a.text()).then(arguments[0])");
        assertThat(csv.lines()).hasSizeGreaterThan(rejected);
        page.until("a thumbnail", ConsolePage.PATIENCE, () -> (Boolean) browser.driver()
                .executeScript("return [...document.querySelectorAll('.thumbnail')].some(i => i.naturalWidth > 0)"));
    }

    private void importTheCsvFile() {
        page.tab("Import");
        page.tab("CSV files");
        page.type("Source", "s3://" + sandbox.setting("sandbox.bucket") + "/samples/documented.csv");
        page.type("Table", "files_" + suffix);
        page.press("Dry run");
        page.awaitRun("Completed");
        assertThat(page.heading()).isEqualTo("Import csv, dry run");
        assertThat(page.figure("Read")).isEqualTo("2");
        assertThat(app.datasetInputs("photos")).extracting(Input::getId).doesNotContain("image01");
        assertThat(sandbox.tableExists("main.default.files_" + suffix)).isFalse();

        page.press("Open in the form");
        page.press("Run");
        page.awaitRun("Completed");
        assertThat(page.heading()).isEqualTo("Import csv");
        assertThat(app.datasetInputs("photos")).extracting(Input::getId).contains("image01", "image02");
    }

    private void export() {
        page.tab("Export");
        assertThat(page.field("App").getDomProperty("value"))
                .as("what was chosen in another form")
                .isEqualTo(app.id());
        page.type("Inputs table", "exported_" + suffix);
        page.type("Annotations table", "labels_" + suffix);
        page.unfold("Images");
        page.tick("Images");
        page.choose("Volume", volume, volume);
        page.type("Path", "exported");
        browser.screenshot("console-export");
        page.press("Run");
        page.awaitRun("Completed");
        assertThat(Accessibility.violations(browser.driver())).isEmpty();

        int inputs = app.datasetInputs("photos").size();
        assertThat(page.figure("Inputs")).isEqualTo(String.valueOf(inputs));
        assertThat(sandbox.listFolder("/Volumes/main/default/" + volume + "/exported"))
                .hasSizeGreaterThan(inputs / 2);
        sortedByTheServer("main.default.exported_" + suffix);
        assertThat(page.column("main.default.labels_" + suffix, 1)).isNotEmpty();
        browser.screenshot("console-run");
        aPictureIsSeenLargeWithItsLabels();
    }

    private void aPictureIsSeenLargeWithItsLabels() {
        page.find(By.className("picture")).click();
        WebElement enlarged = page.find(By.cssSelector("dialog[open]"));
        page.until("what is labelled", ConsolePage.PATIENCE, () -> enlarged.getText()
                .contains("whole picture: "));
        assertThat(Accessibility.violations(browser.driver())).isEmpty();
        page.press("Close");
        boxesPolygonsPointsAndMasksAreDrawnOverIt();
    }

    /** Of which the imported pictures have none: the page has the answer of the server for them from here. */
    private void boxesPolygonsPointsAndMasksAreDrawnOverIt() {
        browser.driver()
                .executeScript(
                        "const labels = arguments[0]; const real = window.fetch; window.fetch = (url, more) => {"
                                + " if (!url.startsWith('/api/images/labels')) { return real(url, more); }"
                                + " window.fetch = real; return Promise.resolve(new Response(labels)); };",
                        REGIONS.formatted(pixel()));
        page.find(By.className("picture")).click();
        WebElement enlarged = page.find(By.cssSelector("dialog[open]"));
        page.until("the regions", ConsolePage.PATIENCE, () -> enlarged.getText().contains("4 regions"));

        assertThat(enlarged.findElement(By.cssSelector("svg rect")).getDomAttribute("width"))
                .isEqualTo("0.5");
        assertThat(enlarged.findElement(By.cssSelector("svg polygon")).getDomAttribute("points"))
                .isEqualTo("0.1,0.2 0.3,0.4 0.5,0.1");
        assertThat(enlarged.findElements(By.cssSelector("svg ellipse"))).hasSize(1);
        page.until(
                "the mask",
                ConsolePage.PATIENCE,
                () -> (Boolean)
                        browser.driver()
                                .executeScript(
                                        "const mask = document.querySelector('dialog[open] .masks img'); return mask.naturalWidth > 0"));
        assertThat(enlarged.getText()).contains("bounding box: cat", "polygon: dog (not)", "mask: no concept");
        assertThat(Accessibility.violations(browser.driver())).isEmpty();
        page.press("Close");
    }

    private static String pixel() {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of("src/test/resources/pixel.png")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By a click on the head of the column, and then the other way round. */
    private void sortedByTheServer(String table) {
        By button = By.xpath("//section[@aria-label='" + table + "']//th//button[.='input_id']");
        page.find(button).click();
        page.until("the ascending order", ConsolePage.PATIENCE, () -> "ascending".equals(sorting(button)));
        List<String> ascending = ids(table);
        page.find(button).click();
        page.until("the descending order", ConsolePage.PATIENCE, () -> "descending".equals(sorting(button)));
        page.until("other rows", ConsolePage.PATIENCE, () -> !ids(table).equals(ascending));

        assertThat(ascending).isSorted().hasSize(25);
        assertThat(ids(table)).isSortedAccordingTo(Comparator.reverseOrder());
        List<String> shown = ids(table);
        page.find(By.xpath("//section[@aria-label='" + table + "']//button[.='Next rows']"))
                .click();
        page.until("the next page", ConsolePage.PATIENCE, () -> !ids(table).equals(shown));
        assertThat(ids(table).get(0)).isLessThan(shown.get(24));
    }

    private String sorting(By button) {
        return browser.driver().findElement(button).findElement(By.xpath("..")).getDomAttribute("aria-sort");
    }

    private List<String> ids(String table) {
        List<String> heads = page.table(table).findElements(By.cssSelector("th")).stream()
                .map(WebElement::getText)
                .toList();
        int column = 1
                + heads.indexOf(heads.stream()
                        .filter(head -> head.startsWith("input_id"))
                        .findFirst()
                        .orElseThrow());
        return page.column(table, column);
    }

    private void update() {
        app.deleteInput("image01");
        app.relabel(List.of("image02"), "seen");
        page.tab("Update");
        page.type("Inputs table", "exported_" + suffix);
        page.type("Annotations table", "labels_" + suffix);
        page.select("Deletes", "mark");
        browser.screenshot("console-update");
        page.press("Run");
        page.awaitRun("Completed");

        assertThat(sandbox.query(
                        "SELECT input_id FROM main.default.exported_" + suffix + " WHERE deleted_at IS NOT NULL"))
                .extracting(row -> row.get("input_id"))
                .containsExactly("image01");
        assertThat(sandbox.query("SELECT input_id FROM main.default.exported_" + suffix
                        + " WHERE exists(concepts, c -> c.name = 'seen')"))
                .extracting(row -> row.get("input_id"))
                .containsExactly("image02");
        assertThat(page.column("main.default.exported_" + suffix, 1)).isNotEmpty();
    }

    @Test
    void aWrongTokenIsRefusedWithWhatToDoAndTheConnectionStays() {
        page.type("Databricks Token", "wrong-token");
        page.press("Check and use");

        page.find(By.cssSelector(".check-list li[data-status='failed'] .fix"));
        assertThat(page.problem("Databricks Token")).isNotBlank().doesNotContain("--token", "DATABRICKS_TOKEN");
        assertThat(Accessibility.violations(browser.driver())).isEmpty();
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(page.field("Databricks Token"));
        assertThat(page.alert()).isNotBlank();
        page.open("#/connection");
        assertThat(page.find(By.className("connection")).getText()).contains("127.0.0.1");
    }

    @Test
    void whoSignsInWithTheBrowserIsConnectedWithoutAToken() {
        String first = browser.driver().getWindowHandle();
        page.find(By.xpath("//label[.='Your browser']")).click();
        page.press("Sign in to Databricks");
        page.find(By.xpath("//*[.='Signed in']"));
        for (String window : browser.driver().getWindowHandles()) {
            if (!window.equals(first)) {
                browser.driver().switchTo().window(window);
                assertThat(browser.driver().getPageSource()).contains("You have signed in");
                browser.driver().close();
            }
        }
        browser.driver().switchTo().window(first);
        page.press("Check and use");
        page.until("the service to use it", ConsolePage.LONG, () -> browser.has(By.xpath("//p[.='Connected']")));

        assertThat(page.find(By.className("check-list")).getText()).contains("statements run as");
    }

    @Test
    void aFormIsRepeatedBySchedulesThatAreChangedAndDeletedOnThePage() {
        fillExport("repeated_" + suffix, "repeated_labels_" + suffix);
        page.press("Repeat this every …");
        page.type("Name", "weekly");
        page.type("Every", "often");
        page.press("Save schedule");
        page.until(
                "the refusal", ConsolePage.PATIENCE, () -> page.problem("Every").contains("not a period"));
        assertThat(Accessibility.violations(browser.driver())).isEmpty();
        page.type("Every", "7d");
        page.press("Save schedule");

        page.awaitHeading("Schedules");
        assertThat(page.find(By.xpath("//tr[td[contains(., 'weekly')]]")).getText())
                .contains("every 7d", "repeated_" + suffix);
        page.press("Run now weekly");
        page.awaitHeading("Schedule weekly");
        page.awaitRun("Completed");
        page.open("#/schedules");
        page.find(By.xpath("//tr[td[contains(., 'weekly')]]//*[@data-status='COMPLETED']"));

        page.press("Edit weekly");
        page.awaitHeading("Export");
        assertThat(page.field("Inputs table").getDomProperty("value")).isEqualTo("repeated_" + suffix);
        page.press("Repeat this every …");
        page.select("Repeat this", "every day at");
        page.type("At", "03:15");
        page.press("Save schedule");
        page.awaitHeading("Schedules");
        assertThat(page.find(By.xpath("//tr[td[contains(., 'weekly')]]")).getText())
                .contains("0 15 3 * * ?");
        assertThat(Accessibility.violations(browser.driver())).isEmpty();
        page.press("Delete weekly");
        page.press("Delete it for good weekly");
        page.find(By.xpath("//*[contains(., 'There is no schedule yet')]"));
    }

    @Test
    void theSameTableTwiceIsRefusedBesideTheFieldAndNothingRuns() {
        fillExport("twice_" + suffix, "twice_" + suffix);
        page.press("Run");

        page.until("the refusal", ConsolePage.PATIENCE, () -> page.problem("Annotations table")
                .contains("choose a different table"));
        WebElement field = page.field("Annotations table");
        assertThat(field.getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(field);
        assertThat(page.heading()).isEqualTo("Export");
        assertThat(sandbox.tableExists("main.default.twice_" + suffix)).isFalse();
    }

    @Test
    void aTableThatExistsIsNotTouched() {
        sandbox.execute("CREATE TABLE main.default.taken_" + suffix + " (mine STRING)");
        fillExport("taken_" + suffix, "free_" + suffix);
        page.press("Run");

        page.awaitRun("Failed");
        assertThat(Accessibility.violations(browser.driver())).isEmpty();
        assertThat(page.alert()).contains("taken_" + suffix, "exists");
        assertThat(sandbox.query("DESCRIBE main.default.taken_" + suffix)).hasSize(1);
    }

    @Test
    void replacingAsksWithTheTableAndItsRowsAndKeepsItWhenToldSo() {
        String table = "main.default.asked_" + suffix;
        sandbox.execute("CREATE TABLE " + table + " USING DELTA AS SELECT 'a' AS input_id, id AS salary FROM range(7)");
        fillExport("asked_" + suffix, "fresh_" + suffix);
        page.select("If exists", "replace");
        page.press("Run");

        page.until("the question", ConsolePage.PATIENCE, () -> !browser.driver()
                .findElements(By.cssSelector("dialog[open]"))
                .isEmpty());
        assertThat(page.find(By.cssSelector("dialog[open]")).getText()).contains(table + ": 7 rows");
        page.press("Keep");
        assertThat(page.heading()).isEqualTo("Export");
        page.press("Run");
        page.until("the question", ConsolePage.PATIENCE, () -> !browser.driver()
                .findElements(By.cssSelector("dialog[open]"))
                .isEmpty());
        page.press("Replace");

        page.awaitRun("Failed");
        assertThat(page.alert()).contains(table, "salary", "'Force'").doesNotContain("--force");
        assertThat(sandbox.query("SELECT salary FROM " + table)).hasSize(7);
    }

    @Test
    void whatIsRequiredIsAskedForBeforeAnythingRuns() {
        page.open("#/import/volume");
        page.type("Volume", "");
        page.press("Run");

        assertThat(page.problem("Volume")).isEqualTo("Choose or type a name");
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(page.field("Volume"));
        assertThat(page.heading()).isEqualTo("Import: Volume");
    }

    private void fillExport(String inputs, String annotations) {
        page.open("#/export");
        // the form keeps what another test has entered
        page.press("Clear form");
        page.type("App", app.id());
        page.type("Dataset", "few");
        page.type("Catalog", "main");
        page.type("Schema", "default");
        page.type("Inputs table", inputs);
        page.type("Annotations table", annotations);
    }

    @Test
    void aRunSaysHowFastItGoesAndCancelledFinishesWhatItHasInHandAndTheNextDoesTheRest() {
        ClarifaiApp target = startSlowImport("cancelled_" + suffix);
        page.until(
                "how fast it goes, and how long yet",
                ConsolePage.PATIENCE,
                () -> page.hasFigure("Per second") && page.hasFigure("Time left"));
        page.press("Cancel");
        page.awaitRun("Cancelled");
        sandbox.clearFaults();
        int done = target.datasetInputs(SLOW_DATASET).size();
        assertThat(done).isPositive().isLessThan(SLOW_IMAGES);

        page.press("Open in the form");
        page.press("Run");
        page.awaitHeading("Import volume");
        page.awaitRun("Completed");
        // what the cancelled run had sent counts as imported by the run that brings it to its end
        assertThat(page.figure("Imported")).isEqualTo(String.valueOf(SLOW_IMAGES));
        assertThat(target.datasetInputs(SLOW_DATASET)).hasSize(SLOW_IMAGES);
    }

    @Test
    void aReloadAndALostNetworkInTheMiddleOfARunComeBackToIt() {
        ClarifaiApp target = startSlowImport("reloaded_" + suffix);
        String address = browser.driver().getCurrentUrl();
        browser.driver().navigate().refresh();
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(address);
        page.awaitRun("Running");
        uploading();

        browser.offline(true);
        page.until("the banner", ConsolePage.PATIENCE, () -> page.find(By.id("banner"))
                .getText()
                .contains("does not answer"));
        browser.offline(false);
        page.until(
                "the end of the banner",
                ConsolePage.PATIENCE,
                () -> browser.driver().findElement(By.id("banner")).getText().isEmpty());
        sandbox.clearFaults();
        page.awaitRun("Completed");
        assertThat(target.datasetInputs(SLOW_DATASET)).hasSize(SLOW_IMAGES);
    }

    @Test
    @Tag("nightly")
    void twoWindowsFollowTheirRunsAtTheSameTime() {
        String first = browser.driver().getWindowHandle();
        // longer than a busy machine takes to fill in the form once more
        ClarifaiApp one = startSlowImport("one_" + suffix, 20_000);
        browser.driver().switchTo().newWindow(WindowType.WINDOW);
        try {
            page.open("");
            ClarifaiApp two = startSlowImport("two_" + suffix, 20_000);
            assertThat(page.command()).contains("two_" + suffix);
            browser.driver().switchTo().window(first);
            assertThat(page.command()).contains("one_" + suffix);
            assertThat(page.runStatus()).isEqualTo("Running");
            sandbox.clearFaults();
            page.awaitRun("Completed");
            browser.driver().switchTo().window(second(first));
            page.awaitRun("Completed");
            assertThat(one.datasetInputs(SLOW_DATASET)).hasSize(SLOW_IMAGES);
            assertThat(two.datasetInputs(SLOW_DATASET)).hasSize(SLOW_IMAGES);
        } finally {
            browser.driver().switchTo().window(second(first));
            browser.driver().close();
            browser.driver().switchTo().window(first);
        }
    }

    private String second(String first) {
        return browser.driver().getWindowHandles().stream()
                .filter(handle -> !handle.equals(first))
                .findFirst()
                .orElse(first);
    }

    /** Starts an import that takes a while, and waits until it is in its middle. @return the app */
    private ClarifaiApp startSlowImport(String table) {
        return startSlowImport(table, 3_000);
    }

    /** @param millis that each of its ten batches takes, of which two are sent at a time */
    private ClarifaiApp startSlowImport(String table, int millis) {
        // an app of its own, as the images are the same in all of these tests
        ClarifaiApp target = ClarifaiApp.create(sandbox, table.replace('_', '-'));
        sandbox.fault("clarifai:PostInputs=delay:" + millis);
        page.open("#/import/volume");
        page.type("Catalog", "main");
        page.type("Schema", "default");
        page.type("Volume", slowVolume);
        page.type("Table", table);
        page.type("App", target.id());
        page.type("Dataset", SLOW_DATASET);
        page.press("Run");
        uploading();
        return target;
    }

    private void uploading() {
        page.until("the progress of uploads", ConsolePage.LONG, () -> {
            WebElement bar = browser.driver().findElement(By.tagName("progress"));
            double share = Double.parseDouble(bar.getDomProperty("position"));
            return share > 0 && share < 1;
        });
    }

    @Test
    @Tag("volume")
    void tenThousandTablesAreFoundByTyping() {
        sandbox.createTables("main." + crowded, MANY);
        page.open("#/update");
        page.choose("Catalog", "main", "main");
        page.choose("Schema", crowded, crowded);
        WebElement field = page.field("Inputs table");
        field.clear();
        field.click();
        String list = "#" + field.getDomAttribute("aria-controls");
        page.until(
                "the first names",
                ConsolePage.PATIENCE,
                () -> browser.driver()
                                .findElements(By.cssSelector(list + " li"))
                                .size()
                        == 100);
        assertThat(page.find(By.cssSelector(list + " + .note")).getText())
                .isEqualTo("The first 100, there are more: type to filter");
        field.sendKeys("09999");
        page.until(
                "the name that was typed",
                ConsolePage.PATIENCE,
                () -> browser.driver()
                                .findElements(By.cssSelector(list + " li"))
                                .size()
                        == 1);
        field.sendKeys(Keys.ARROW_DOWN, Keys.ENTER);
        assertThat(field.getDomProperty("value")).isEqualTo("table_09999");
        assertThat(sandbox.query("SELECT * FROM main." + crowded + ".table_09999"))
                .as("a table like any other")
                .isEmpty();
    }

    @Test
    void aFormCanBeUsedWithTheKeyboardAlone() {
        page.open("#/import/csv");
        Actions keys = new Actions(browser.driver());
        keys.sendKeys(Keys.TAB).perform();
        assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Skip to content");
        keys.sendKeys(Keys.ENTER).perform();
        enter(keys, "Source", "s3://" + sandbox.setting("sandbox.bucket") + "/samples/documented.csv", false);
        enter(keys, "Catalog", "mai", true);
        enter(keys, "Schema", "defau", true);
        enter(keys, "Table", "keys_" + suffix, false);
        enter(keys, "App", app.id(), true);
        enter(keys, "Dataset", "few", true);
        tabTo(keys, "Dry run");
        keys.sendKeys(Keys.ENTER).perform();

        page.awaitHeading("Import csv, dry run");
        assertThat(browser.focused()).startsWith("H1");
        page.awaitRun("Completed");
        assertThat(page.figure("Read")).isEqualTo("2");
    }

    /** Into the field that the tab key leads to, with the arrow keys where it has a list. */
    private void enter(Actions keys, String label, String text, boolean choose) {
        WebElement field = tabTo(keys, label);
        keys.keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .sendKeys(text)
                .perform();
        if (choose) {
            page.until(
                    "the list of " + label,
                    ConsolePage.PATIENCE,
                    () -> browser.driver()
                                    .findElements(By.cssSelector("#" + field.getDomAttribute("aria-controls") + " li"))
                                    .size()
                            == 1);
            keys.sendKeys(Keys.ARROW_DOWN, Keys.ENTER).perform();
            assertThat(field.getDomAttribute("aria-expanded")).isEqualTo("false");
            assertThat(field.getDomProperty("value")).contains(text);
        }
    }

    private WebElement tabTo(Actions keys, String label) {
        for (int i = 0; i < 60; i++) {
            keys.sendKeys(Keys.TAB).perform();
            WebElement focused = browser.driver().switchTo().activeElement();
            String name = focused.getAccessibleName();
            if (name.equals(label) || name.equals(label + " (required)")) {
                return focused;
            }
        }
        throw new AssertionError("the tab key does not lead to " + label);
    }

    @Test
    @Order(Integer.MAX_VALUE) // leaves the browser at another service
    void aConfiguredUserSignsInAndSeesToSchedulesAndTheHistory() throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("console.users-file", usersFile().toString());
        settings.put("runs.history", "true");
        settings.put("schedule.nightly.flow", "import-volume");
        settings.put("schedule.nightly.cron", "0 0 3 1 1 ?");
        settings.put("schedule.nightly.catalog", "main");
        settings.put("schedule.nightly.schema", "default");
        settings.put("schedule.nightly.volume", slowVolume);
        settings.put("schedule.nightly.table", "nightly_" + suffix);
        settings.put("schedule.nightly.app", app.id());
        settings.put("schedule.nightly.dataset", "nightly-" + suffix);
        try (ConsoleService configured = ConsoleService.start(sandbox.settingsWith(settings))) {
            ConsolePage other = new ConsolePage(browser.driver(), configured.url());
            other.open("#/schedules");
            other.type("User", "alice");
            other.type("Password", "wrong");
            other.press("Sign in");
            assertThat(other.alert()).contains("password is wrong");
            other.type("Password", PASSWORD);
            other.press("Sign in");
            other.awaitHeading("Schedules");
            assertThat(browser.driver().findElement(By.id("session")).getText()).startsWith("alice");

            assertThat(other.find(schedule()).getText()).contains("0 0 3 1 1 ?");
            other.press("Pause nightly");
            other.find(state("PAUSED"));
            assertThat(browser.focused()).contains("Resume");
            other.press("Resume nightly");
            other.find(state("SCHEDULED"));
            browser.screenshot("console-schedules");

            other.press("Run now nightly");
            other.awaitHeading("Schedule nightly");
            other.awaitRun("Completed");
            assertThat(app.datasetInputs("nightly-" + suffix)).hasSize(SLOW_IMAGES);

            other.tab("Runs");
            other.type("Catalog", "main");
            other.type("Schema", "default");
            other.press("Show history");
            other.until("the run", ConsolePage.PATIENCE, () -> !other.column("History", 1)
                    .isEmpty());
            assertThat(other.column("History", 1).get(0)).contains("Import volume", app.id(), "nightly-" + suffix);
            assertThat(other.column("History", 2).get(0)).isEqualTo("Completed");
            browser.screenshot("console-runs");
            other.select("Outcome", "failed");
            other.press("Show history");
            other.until(
                    "no failed run",
                    ConsolePage.PATIENCE,
                    () -> browser.driver()
                                    .findElements(By.xpath("//section[@aria-label='History']//*[.='No rows']"))
                                    .size()
                            == 1);
            other.select("Outcome", "any");
            other.type("Table, app or dataset", "NIGHTLY-" + suffix);
            other.press("Show history");
            other.find(By.xpath("//section[@aria-label='History']//a[.='Import volume']"))
                    .click();
            other.awaitRun("Completed");
            assertThat(other.figure("Imported")).isEqualTo(String.valueOf(SLOW_IMAGES));
        }
    }

    private static Path usersFile() throws IOException {
        Path file = Files.createTempFile("users", null);
        file.toFile().deleteOnExit();
        return Files.writeString(
                file, "alice:" + Sha2Crypt.sha512Crypt(PASSWORD.getBytes(StandardCharsets.UTF_8)) + "\n");
    }

    private static By schedule() {
        return By.xpath("//tr[td[contains(., 'nightly')]]");
    }

    private static By state(String state) {
        return By.xpath("//tr[td[contains(., 'nightly')]]//*[@data-status='" + state + "']");
    }

    @Test
    void everyTabIsAccessibleInBothColourSchemesAndFitsAPhone() {
        for (String hash : List.of(
                "#/import/volume",
                "#/import/csv",
                "#/import/delta",
                "#/export",
                "#/update",
                "#/runs",
                "#/tables",
                "#/schedules",
                "#/connection")) {
            page.open(hash);
            browser.driver().executeScript("document.querySelectorAll('details').forEach(d => d.open = true)");
            for (String scheme : List.of("light", "dark")) {
                browser.colours(scheme);
                assertThat(Accessibility.violations(browser.driver()))
                        .as(hash + " in " + scheme)
                        .isEmpty();
            }
            browser.colours("light");
            browser.phone();
            assertThat(browser.scrollsSideways()).as(hash + " on a phone").isFalse();
            browser.desktop();
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void whoHasSignedOutSignsInWithTheToken() {
        page.tab("Export");
        browser.driver().findElement(By.xpath("//header//button[.='Sign out']")).click();
        page.awaitHeading("Sign in");
        assertThat(Accessibility.violations(browser.driver())).isEmpty();
        page.type("Token", "wrong");
        page.press("Sign in");
        assertThat(page.alert()).contains("token");
        page.type("Token", service.token());
        page.press("Sign in");
        page.awaitHeading("Export");
    }
}
