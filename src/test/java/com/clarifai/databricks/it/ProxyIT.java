package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.SelfSigned;
import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.databricks.proxy.FakeProxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Behind the sandbox's proxies: the application gets names only that nobody but they can resolve. */
@TestInstance(Lifecycle.PER_CLASS) // names of its own when it is run again
class ProxyIT {

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    private Sandbox sandbox;
    private ClarifaiApp app;

    @BeforeAll
    void start() {
        sandbox = Sandbox.shared();
        app = ClarifaiApp.create(sandbox, "proxy-" + suffix);
    }

    /** Of all services, by the names of the proxy. */
    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        Map.of(
                        "databricks.host", "workspace",
                        "clarifai.base-url", "clarifai",
                        "clarifai.data-host", "data",
                        "s3.endpoint", "s3")
                .forEach((setting, name) -> names.put(
                        setting,
                        "http://" + name + ".sandbox.internal:"
                                + URI.create(sandbox.setting(setting)).getPort()));
        return names;
    }

    private long through(String name) {
        return sandbox.calls("proxy:" + name + ".sandbox.internal");
    }

    @Test
    void everyConnectionGoesThroughAProxyThatWantsAPassword() {
        Map<String, String> settings = names();
        settings.put("proxy.url", sandbox.setting("sandbox.guarded-proxy"));
        settings.put("proxy.user", sandbox.setting("sandbox.proxy-user"));
        settings.put("proxy.password", sandbox.setting("sandbox.proxy-password"));
        Path config = sandbox.settingsWith(settings);
        String volume = "proxied_" + suffix;
        sandbox.createVolume("main.default." + volume);
        String source = sandbox.putObject(
                suffix + "/proxied.csv",
                ("inputid,input\none," + sandbox.setting("sandbox.images") + "/generated/1.jpg\n")
                        .getBytes(StandardCharsets.UTF_8));
        sandbox.clearCalls();

        Result check = ConnectRun.run(config, "check", "--app", app.id(), "--s3", source);
        assertThat(check.exitCode()).as(check.out()).isZero();
        assertThat(check.out().lines().filter(line -> line.contains(", through the proxy http://127.0.0.1:")))
                .extracting(line -> line.split("\\s+")[1])
                .containsExactly("workspace", "sql", "clarifai", "data-host", "s3");
        Map<String, Long> checked = Map.of(
                "workspace", through("workspace"),
                "clarifai", through("clarifai"),
                "data", through("data"),
                "s3", through("s3"));
        assertThat(checked)
                .allSatisfy((name, calls) -> assertThat(calls).as(name).isPositive());

        String table = "main.default.proxied_" + suffix;
        Result imported = ConnectRun.run(
                config, "import", "csv", source, "--table", table, "--app", app.id(), "--dataset", "proxied");
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        List<String> export = List.of(
                "export",
                "--images",
                "--app=" + app.id(),
                "--dataset=proxied",
                "--catalog=main",
                "--schema=default",
                "--inputs-table=proxied_inputs_" + suffix,
                "--annotations-table=proxied_annotations_" + suffix,
                "--volume=" + volume);
        Result exported = ConnectRun.run(config, export.toArray(String[]::new));
        assertThat(exported.exitCode()).as(exported.err()).isZero();

        assertThat(sandbox.listFolder("/Volumes/main/default/" + volume)).containsExactly("one.jpeg");
        assertThat(checked)
                .allSatisfy((name, calls) -> assertThat(through(name)).as(name).isGreaterThan(calls));
        assertThat(check.out() + check.err() + imported.err() + exported.err())
                .doesNotContain(sandbox.setting("sandbox.proxy-password"), sandbox.setting("sandbox.proxy-user"));
    }

    @Test
    void theEnvironmentNamesProxyAndWhatItIsPassedByFor() {
        sandbox.clearCalls();
        Map<String, String> environment = Map.of(
                "http_proxy", sandbox.setting("sandbox.proxy"), "NO_PROXY", "example.com,clarifai.sandbox.internal");

        Result check = ConnectProcess.start(ConnectProcess.home(), environment, sandbox.settingsWith(names()), "check")
                .waitFor();

        assertThat(check.out())
                .containsPattern("ok +workspace .*through the proxy " + sandbox.setting("sandbox.proxy"));
        assertThat(check.out()).containsPattern("FAILED +clarifai .*unknown host");
        assertThat(through("workspace")).isPositive();
        assertThat(through("clarifai")).isZero();
    }

    /** Java keeps passwords back from tunnels unless told otherwise in time; and the log of everything shows none. */
    @Test
    void aTunnelIsOpenedWithThePasswordThatNoLogShows(@TempDir Path directory) throws Exception {
        SelfSigned certificate = SelfSigned.in(directory);
        try (FakeWorkspace workspace = new FakeWorkspace(certificate.server())
                        .on("GET /api/2.1/unity-catalog/catalogs", FakeWorkspace.json("{\"catalogs\":[]}"));
                FakeProxy proxy = new FakeProxy("Basic YWRhOnBAc3M6dw==")) {
            Path config = sandbox.settingsWith(Map.of(
                    "databricks.host",
                    FakeProxy.named("workspace", workspace.host()),
                    "databricks.ca-file",
                    certificate.pem().toString(),
                    "proxy.url",
                    proxy.url().replace("//", "//ada:p%40ss%3Aw@")));

            Result list =
                    ConnectProcess.start(config, "-vvv", "list", "catalogs").waitFor();

            assertThat(list.exitCode()).as(list.err()).isZero();
            assertThat(proxy.targets()).contains("workspace.test.internal");
            assertThat(list.out() + list.err()).doesNotContain("p@ss", "p%40ss", "YWRhOnBAc3M6dw");
        }
    }
}
