package com.clarifai.databricks.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium without a window, and with a profile that is empty. Both programs must be there: nothing is ever downloaded.
 */
final class Browser implements AutoCloseable {

    static final int WIDTH = 1_100;
    private static final int HEIGHT = 900;
    private static final int PHONE_WIDTH = 360;
    private static final int PHONE_HEIGHT = 740;

    private static final Path CHROMIUM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));
    private static final Path DRIVER = Path.of(System.getProperty("chromedriver", "/usr/bin/chromedriver"));

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    /** What to do where it is not. */
    static String missing() {
        return "no browser tests: " + CHROMIUM + " or " + DRIVER + " is missing (apt-get install chromium"
                + " chromium-driver, or -Dchromium=PATH -Dchromedriver=PATH)";
    }

    static Browser start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=" + WIDTH + "," + HEIGHT,
                "--user-data-dir=" + emptyFolder());
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        // with both paths given, Selenium looks for neither
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        Browser browser = new Browser(driver);
        browser.desktop();
        return browser;
    }

    private static Path emptyFolder() {
        try {
            return Files.createTempDirectory("chromium");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    void desktop() {
        size(WIDTH, HEIGHT);
    }

    void phone() {
        size(PHONE_WIDTH, PHONE_HEIGHT);
    }

    private void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** @param scheme {@code light} or {@code dark} */
    void colours(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void offline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Whether the page is wider than the window, so that one would have to scroll from side to side. */
    boolean scrollsSideways() {
        return (Boolean) driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth");
    }

    /**
     * What the console of the browser was told since the last time: violations of the security policy, exceptions, and
     * the like. Answers with an error status are logged there, too, and are part of some tests.
     */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("Failed to load resource"))
                .toList();
    }

    /** What the window shows, as {@code NAME.png} in the folder that the property {@code screenshots} names. */
    void screenshot(String name) {
        driver.executeScript("window.scrollTo(0, 0)");
        Map<String, Object> picture = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"));
        keep(name, Base64.getDecoder().decode(picture.get("data").toString()));
    }

    /** What one element shows, in the same folder. */
    void screenshot(String name, WebElement element) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'start'})", element);
        keep(name, element.getScreenshotAs(OutputType.BYTES));
    }

    private static void keep(String name, byte[] png) {
        try {
            Path folder = Files.createDirectories(Path.of(System.getProperty("screenshots", "target/screenshots")));
            Files.write(folder.resolve(name + ".png"), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The accessible name and role of what has the focus, for messages. */
    String focused() {
        return (String) driver.executeScript(
                "const e = document.activeElement; return `${e.tagName} ${e.id} ${e.textContent.slice(0, 40)}`");
    }

    boolean has(By what) {
        return !driver.findElements(what).isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
