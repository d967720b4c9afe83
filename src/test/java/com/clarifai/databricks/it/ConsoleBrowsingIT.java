package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.clarifai.databricks.cli.ScriptedPlaces;
import com.clarifai.databricks.cli.ServedPage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Choosing by looking, in a browser, over services that answer as scripted. */
class ConsoleBrowsingIT {

    private static final String PHOTOS = ScriptedPlaces.PHOTOS;
    private static final String LONG_NAME = "n".repeat(100);
    private static final int MANY = 100_000;

    private static ScriptedPlaces places;
    private static ServedPage served;
    private static Browser browser;
    private static ConsolePage page;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Browser.isInstalled(), Browser.missing());
        places = new ScriptedPlaces();
        places.folder(PHOTOS, List.of("cats/", LONG_NAME + "/", "crowded/", "one.png", LONG_NAME + ".jpg", "rows.csv"));
        places.folder(PHOTOS + "/cats", List.of("kittens/", "tom.png"));
        places.folder(PHOTOS + "/cats/kittens", List.of());
        places.folder(PHOTOS + "/crowded", ScriptedPlaces.numbered(MANY));
        places.file(PHOTOS + "/one.png", picture());
        places.bucket("pictures");
        served = ServedPage.start(places.settings());
        browser = Browser.start();
        page = new ConsolePage(browser.driver(), served.url());
        browser.driver().get(served.signInUrl());
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 64; pixel++) {
            image.setRGB(pixel % 8, pixel / 8, 0x3060a0 + 0x1c1800 * (pixel % 8) + 14 * (pixel / 8));
        }
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (served != null) {
            served.close();
        }
        if (places != null) {
            places.close();
        }
    }

    @AfterEach
    void nothingIsWrongInTheBrowser() {
        assertThat(browser.complaints())
                .as("violations of the security policy and errors of scripts")
                .isEmpty();
    }

    private static void fillVolume() {
        page.open("#/import/volume");
        page.press("Clear form");
        page.type("Catalog", "main");
        page.type("Schema", "default");
        page.type("Volume", "photos");
        page.unfold("More options");
    }

    private static void browse() {
        page.press("Browse …");
        page.find(By.cssSelector("dialog[open]"));
    }

    private static WebElement entry(String name) {
        return page.find(By.xpath("//ul[@class='entries']//*[@class='entry'][.//span[.='" + name + "']]"));
    }

    private static void press(Keys key) {
        new Actions(browser.driver()).sendKeys(key).perform();
    }

    private static String focused() {
        return browser.driver().switchTo().activeElement().getText();
    }

    private static void assertAccessible() {
        for (String scheme : List.of("light", "dark")) {
            browser.colours(scheme);
            assertThat(Accessibility.violations(browser.driver())).as(scheme).isEmpty();
        }
        browser.colours("light");
    }

    @Test
    void aFolderOfTheVolumeIsChosenWithTheKeyboardAlone() {
        fillVolume();
        browse();
        entry("cats").click();
        page.until("the folder in it", ConsolePage.PATIENCE, () -> focused().contains("kittens"));
        press(Keys.ARROW_RIGHT);
        page.find(By.xpath("//p[.='Nothing is in it']"));
        page.find(By.xpath("//nav[@class='trail']//button[.='cats']")).sendKeys(Keys.ENTER);
        page.until("the folder again", ConsolePage.PATIENCE, () -> focused().contains("kittens"));
        press(Keys.ARROW_LEFT);
        page.until("the volume", ConsolePage.PATIENCE, () -> focused().contains("cats"));
        press(Keys.ARROW_DOWN);
        assertThat(focused()).contains(LONG_NAME);
        press(Keys.HOME);
        press(Keys.ENTER);
        page.until("the folder once more", ConsolePage.PATIENCE, () -> focused().contains("kittens"));
        page.press("Choose this folder");

        page.until("the folder in its field", ConsolePage.PATIENCE, () -> "cats"
                .equals(page.field("Path").getDomProperty("value")));
        assertThat(page.command()).contains("--path cats");
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(page.field("Path"));
    }

    @Test
    void aFolderShowsSizesAndPicturesAndFitsAPhoneWithNamesOfAHundredCharacters() {
        fillVolume();
        browse();
        assertThat(entry("one.png").getText()).contains("1.0 kB", "2026");
        page.until("the thumbnail", ConsolePage.PATIENCE, () -> (Boolean) browser.driver()
                .executeScript("return document.querySelector('.entries .thumbnail')?.naturalWidth === 8"));
        assertThat(page.find(By.xpath("//p[.='3 folders, 3 files, 3.0 kB']")).isDisplayed())
                .isTrue();
        assertThat(browser.driver().findElements(By.cssSelector(".entries button")))
                .as("only folders can be chosen")
                .hasSize(3);
        assertAccessible();
        browser.screenshot("console-browse", page.find(By.cssSelector("dialog[open]")));
        browser.phone();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat((Boolean) browser.driver()
                        .executeScript("const list = document.querySelector('.entries');"
                                + " return list.scrollWidth <= list.clientWidth"))
                .as("names wrap")
                .isTrue();
        browser.desktop();
        page.press("Cancel");
        assertThat(page.field("Path").getDomProperty("value")).isEmpty();
    }

    @Test
    void ofAHundredThousandFilesAnyIsFoundByTypingPartOfItsName() {
        fillVolume();
        page.type("Path", "crowded");
        browse();
        page.find(By.xpath("//p[.='The first 100, there are more: type to filter']"));
        page.until(
                "how many there are",
                ConsolePage.PATIENCE,
                () -> browser.has(
                        By.xpath("//p[.='In all 0 folders and 100,000 files, 100,000 of them pictures, 100 MB']")));
        page.find(By.xpath("//dialog//label[.='Names that contain']/following-sibling::input"))
                .sendKeys("099999");
        page.until("the last file", ConsolePage.PATIENCE, () -> browser.has(By.xpath("//p[.='1 file, 1.0 kB']")));
        assertThat(entry("image_099999.jpg").isDisplayed()).isTrue();
        page.press("Cancel");
    }

    @Test
    void withoutAVolumeItIsAskedFor() {
        fillVolume();
        page.type("Volume", "");
        page.press("Browse …");

        assertThat(page.problem("Volume")).isEqualTo("Choose a volume first");
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(page.field("Volume"));
    }

    @Test
    void aCsvFileIsChosenInAVolumeAndOnS3() {
        page.open("#/import/csv");
        page.press("Clear form");
        browse();
        for (String name : List.of("main", "default", "photos", "rows.csv")) {
            entry(name).click();
        }
        page.until("the file", ConsolePage.PATIENCE, () -> (PHOTOS + "/rows.csv")
                .equals(page.field("Source").getDomProperty("value")));

        browse();
        page.find(By.xpath("//p[.='3 folders, 3 files, 3.0 kB']"));
        WebElement place = page.find(By.xpath("//dialog//label[.='Place']/following-sibling::input"));
        place.clear();
        place.sendKeys("s3://pictures/in/", Keys.ENTER);
        entry("a.csv");
        assertAccessible();
        entry("2026");
        page.press("Choose this folder");
        page.until("the folder", ConsolePage.PATIENCE, () -> "s3://pictures/in/"
                .equals(page.field("Source").getDomProperty("value")));
    }

    @Test
    void keysOfS3AreTriedRefusedAtTheirFieldAndNotShownAgain() {
        places.store().on("GET /locked", ScriptedPlaces.s3Error(403, "SignatureDoesNotMatch"));
        page.open("#/connection");
        page.type("Access key", "AKIAENTERED");
        page.press("Test and use keys");
        assertThat(page.problem("Secret key")).isEqualTo("this is required");
        page.type("Secret key", "wrong");
        page.type("Bucket or folder to test with", "s3://locked/");
        page.press("Test and use keys");
        page.until("the refusal at its field", ConsolePage.PATIENCE, () -> page.problem("Secret key")
                .contains("not the secret key"));
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(page.field("Secret key"));
        assertAccessible();

        page.type("Bucket or folder to test with", "s3://pictures/in/");
        page.press("Test and use keys");
        page.find(By.xpath("//p[starts-with(., 'The keys work: 2 folders and files')]"));
        for (String label : List.of("Access key", "Secret key", "Session token")) {
            assertThat(page.field(label).getDomProperty("value")).as(label).isEmpty();
        }
        assertThat(page.find(By.tagName("main")).getText()).contains("Keys that were entered here are in use");
        page.press("Back to the configured keys");
        page.find(By.xpath("//p[.='The configured keys are used again']"));
    }

    @Test
    void theFirstRowsOfAFileShowWhichColumnsToChooseAndTheChoiceGoesIntoTheCommand() {
        places.object("pictures", "in/a.csv", "id,\"the, url\",concepts\n1,http://a/1.jpg," + LONG_NAME + "\n");
        page.open("#/import/csv");
        page.press("Clear form");
        page.press("Show first rows");
        assertThat(page.problem("Source")).isNotEmpty();
        page.type("Source", "s3://pictures/in/a.csv");
        page.press("Show first rows");
        page.find(By.xpath("//p[contains(., ': 1 row') and contains(., 'Choose the column for inputid and input')]"));
        page.select("inputid", "id");
        page.select("input", "the, url");

        assertThat(page.command()).contains("--columns 'inputid=id,input=`the, url`'");
        page.unfold("More options");
        assertThat(page.field("Columns").getDomProperty("value")).isEqualTo("inputid=id,input=`the, url`");
        assertThat(page.find(By.cssSelector(".sample table")).getText()).contains("http://a/1.jpg");
        assertAccessible();
        browser.phone();
        assertThat(browser.scrollsSideways()).isFalse();
        browser.desktop();
        browser.screenshot("console-sample", page.find(By.className("sample")));
        page.press("Show first rows");
        page.until(
                "what was chosen",
                ConsolePage.PATIENCE,
                () -> browser.has(By.xpath("//main//label[.='inputid (required)']"))
                        && "id".equals(page.field("inputid").getDomProperty("value")));
    }

    @Test
    void anAppIsMadeFromTheForm() {
        page.open("#/import/csv");
        page.press("Clear form");
        page.press("Create app");
        assertThat(page.problem("App")).isEqualTo("Choose or type a name");
        page.type("App", "brand-new");
        page.press("Create app");
        page.find(By.xpath("//*[.='App brand-new has been created']"));
    }

    private static final String ROWS = """
            {"columns": [{"name": "input_id", "type": "string"}, {"name": "latitude", "type": "double"},
                         {"name": "longitude", "type": "double"}],
             "rows": [{"input_id": "alps", "latitude": 46.5, "longitude": 8.0},
                      {"input_id": "rome", "latitude": 41.9, "longitude": 12.5},
                      {"input_id": "wrong", "latitude": 461.5, "longitude": 8.0},
                      {"input_id": "nowhere", "latitude": null, "longitude": null}],
             "more": false}
            """;

    @Test
    void rowsWithPlacesAreOnAMapThatComesWithThePage() {
        page.open("#/tables");
        // the rows of a table, without a warehouse
        browser.driver()
                .executeScript(
                        "const rows = arguments[0]; const real = window.fetch; window.fetch = (url, more) => url.startsWith('/api/tables/')"
                                + " ? Promise.resolve(new Response(url.includes('/rows') ? rows : '{\"rows\": 4}'))"
                                + " : real(url, more);",
                        ROWS);
        page.type("Catalog", "main");
        page.type("Schema", "default");
        page.type("Table", "places");
        page.press("Show table");
        page.unfold("Map");

        WebElement map = page.find(By.cssSelector("svg.map"));
        assertThat(map.getDomAttribute("aria-label")).isEqualTo("Map with 2 places");
        assertThat(map.getDomAttribute("viewBox")).isEqualTo("0.25 -49.2 20 10");
        assertThat(map.findElements(By.cssSelector("circle"))).hasSize(2);
        assertThat((Boolean) browser.driver()
                        .executeAsyncScript("fetch(document.querySelector('.map image').getAttribute('href'))"
                                + ".then((found) => arguments[0](found.ok))"))
                .isTrue();
        assertAccessible();
        browser.screenshot("console-map", page.find(By.cssSelector("section[aria-label='main.default.places']")));
        page.press("Whole world");
        assertThat(map.getDomAttribute("viewBox")).isEqualTo("-180 -90 360 180");
        assertAccessible();
        browser.phone();
        assertThat(browser.scrollsSideways()).isFalse();
        browser.desktop();
    }
}
