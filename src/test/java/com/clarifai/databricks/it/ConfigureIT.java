package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code configure} with typed answers, and {@code auth login} with a browser that follows redirects. */
class ConfigureIT {

    private static final Pattern URL = Pattern.compile("http\\S+/oidc/v1/authorize\\S+");

    /** Never reached but on a machine that has much else to do. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final Sandbox sandbox = Sandbox.shared();

    private Path settings() {
        return sandbox.settingsWith(Map.of(
                "databricks.host", "",
                "databricks.token", "",
                "databricks.warehouse-id", "",
                "clarifai.pat", "",
                "databricks.config-file", profiles().toString(),
                "databricks.token-cache-file", folder.resolve("tokens.json").toString(),
                "connection.file", folder.resolve("connection.properties").toString()));
    }

    private Path profiles() {
        return folder.resolve("profiles");
    }

    private ConnectProcess.Result configure(String... answers) {
        InputStream usual = System.in;
        System.setIn(new ByteArrayInputStream((String.join("\n", answers) + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            return ConnectRun.run(settings(), "configure");
        } finally {
            System.setIn(usual);
        }
    }

    @Test
    void whatWasAskedForIsCheckedKeptAndUsedByTheNextCommand() throws Exception {
        Files.createFile(profiles());
        ConnectProcess.Result done = configure(
                sandbox.setting("databricks.host"),
                "1",
                sandbox.setting("databricks.token"),
                sandbox.setting("databricks.warehouse-id"),
                sandbox.setting("clarifai.pat"),
                "",
                "2");

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.err())
                .contains("ok       sql", "ok       clarifai", "Kept in")
                .doesNotContain(sandbox.setting("databricks.token"), sandbox.setting("clarifai.pat"));
        assertThat(ConnectRun.run(settings(), "list", "catalogs").out()).contains("main");
    }

    @Test
    void aWrongTokenIsToldAndNothingIsKept() throws Exception {
        Files.createFile(profiles());
        ConnectProcess.Result done = configure(sandbox.setting("databricks.host"), "1", "wrong");

        assertThat(done.exitCode()).isEqualTo(1);
        assertThat(done.err()).contains("databricks.token");
        assertThat(folder.resolve("connection.properties")).doesNotExist();
    }

    @Test
    void whoSignsInWithTheBrowserHasAProfileThatWorksAndIsRenewed() throws Exception {
        Files.createFile(profiles());
        ConnectProcess login = ConnectProcess.start(
                settings(),
                "auth",
                "login",
                "--no-browser",
                "--host",
                sandbox.setting("databricks.host"),
                "--save-profile",
                "work");
        Awaitility.await("the address")
                .atMost(START_LIMIT)
                .failFast("it has ended", () -> !login.isAlive())
                .until(() -> URL.matcher(login.errSoFar()).find());
        Matcher printed = URL.matcher(login.errSoFar());
        printed.find();
        HttpClient browser = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThat(browser.send(
                                HttpRequest.newBuilder(URI.create(printed.group()))
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .contains("You have signed in");

        ConnectProcess.Result done = login.waitFor();
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(Files.readString(profiles())).contains("[work]", "auth_type = databricks-cli");
        ConnectProcess.Result listed = ConnectRun.run(settings(), "--profile", "work", "list", "catalogs");
        assertThat(listed.out()).as(listed.err()).contains("main");
    }
}
