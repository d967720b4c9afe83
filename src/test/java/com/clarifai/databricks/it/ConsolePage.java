package com.clarifai.databricks.it;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.Wait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in the window that is in front, used as people use it: by what is written on things. */
final class ConsolePage {

    /** Never reached but on a machine that has much else to do, or when the test fails. */
    static final Duration PATIENCE = Duration.ofSeconds(180);
    /** The same for whole runs. */
    static final Duration LONG = Duration.ofMinutes(4);

    private final WebDriver driver;
    private final String url;

    ConsolePage(WebDriver driver, String url) {
        this.driver = driver;
        this.url = url;
    }

    /** Loads the page anew. @param hash such as {@code #/export} */
    void open(String hash) {
        driver.get(url + hash);
        // an address that differs in nothing before the hash loads nothing
        driver.navigate().refresh();
        find(By.cssSelector("main h1"));
    }

    /** Follows a link of the navigation. */
    void tab(String title) {
        clickable(By.xpath("//nav//a[normalize-space(.)=" + quoted(title) + "]"))
                .click();
    }

    String heading() {
        return text(By.cssSelector("main h1"));
    }

    void awaitHeading(String heading) {
        until("the heading " + heading, PATIENCE, () -> heading.equals(heading()));
    }

    /** The field with this label. */
    WebElement field(String label) {
        WebElement found = find(By.xpath("//main//label[normalize-space(.)=" + quoted(label) + " or normalize-space(.)="
                + quoted(label + " (required)") + "]"));
        return driver.findElement(By.id(found.getDomAttribute("for")));
    }

    /** Types, and leaves the field. */
    void type(String label, String text) {
        WebElement field = field(label);
        field.clear();
        field.sendKeys(text, Keys.TAB);
    }

    /** Types the beginning of a name, and chooses the name from the list that opens. */
    void choose(String label, String typed, String name) {
        WebElement field = field(label);
        field.clear();
        field.sendKeys(typed);
        By option = By.xpath("//ul[@id=" + quoted(field.getDomAttribute("aria-controls")) + "]/li[normalize-space(.)="
                + quoted(name) + "]");
        clickable(option).click();
        until(label + " to be " + name, PATIENCE, () -> name.equals(field.getDomProperty("value")));
    }

    void select(String label, String choice) {
        new Select(field(label)).selectByVisibleText(choice);
    }

    void tick(String label) {
        field(label).click();
    }

    /** Opens a section that is folded. */
    void unfold(String title) {
        clickable(By.xpath("//summary[normalize-space(.)=" + quoted(title) + "]"))
                .click();
    }

    void press(String button) {
        clickable(button(button)).click();
    }

    static By button(String label) {
        return By.xpath("//main//button[normalize-space(.)=" + quoted(label) + "]");
    }

    /** What is wrong with a field; empty when nothing is. */
    String problem(String label) {
        WebElement field = field(label);
        String described = field.getDomAttribute("aria-describedby");
        return driver.findElement(By.id(described.substring(described.lastIndexOf(' ') + 1)))
                .getText();
    }

    /** The message below a form, or of a run. */
    String alert() {
        return text(By.cssSelector(".form-error:not(:empty)"));
    }

    /** The status of the run that is shown. */
    String runStatus() {
        return text(By.cssSelector(".run .badge"));
    }

    void awaitRun(String status) {
        // behind it may stand how many rows were rejected
        until("the run to be " + status, LONG, () -> runStatus().startsWith(status));
    }

    /** A number that the run has counted. */
    String figure(String name) {
        return text(figureOf(name));
    }

    boolean hasFigure(String name) {
        return !driver.findElements(figureOf(name)).isEmpty();
    }

    private static By figureOf(String name) {
        return By.xpath("//dl[@class='figures']/div[dt=" + quoted(name) + "]/dd");
    }

    String command() {
        return text(By.cssSelector(".command code"));
    }

    /** The table below the heading of a section. */
    WebElement table(String section) {
        return find(By.cssSelector("section[aria-label='" + section + "'] table"));
    }

    /** The cells of a column, once the table has rows. */
    List<String> column(String section, int number) {
        By cells = By.cssSelector("tbody tr td:nth-child(" + number + ")");
        until("rows in " + section, PATIENCE, () -> !table(section)
                .findElements(cells)
                .isEmpty());
        return table(section).findElements(cells).stream()
                .map(WebElement::getText)
                .toList();
    }

    WebElement find(By what) {
        return waiting(String.valueOf(what), PATIENCE).until(ExpectedConditions.visibilityOfElementLocated(what));
    }

    private WebElement clickable(By what) {
        return waiting(String.valueOf(what), PATIENCE).until(ExpectedConditions.elementToBeClickable(what));
    }

    /** What an element says; the page may be replacing it at this moment. */
    private String text(By what) {
        return waiting(String.valueOf(what), PATIENCE)
                .until(d -> d.findElement(what).getText());
    }

    void until(String what, Duration limit, Supplier<Boolean> condition) {
        waiting(what, limit).until(d -> condition.get());
    }

    private Wait<WebDriver> waiting(String what, Duration limit) {
        return new WebDriverWait(driver, limit)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> "waited for " + what + "; the page at " + driver.getCurrentUrl() + " says: "
                        + driver.findElement(By.tagName("main")).getText());
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
