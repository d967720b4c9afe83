package com.clarifai.databricks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String HOST = "databricks.host";

    @TempDir
    private Path home;

    @BeforeEach
    void application() throws IOException {
        Files.createDirectory(home.resolve("config"));
        Files.writeString(
                home.resolve("config/application.properties"),
                "databricks.host=from-application\ndatabricks.token=\ndatabricks.client-id=\n"
                        + "databricks.warehouse-id=\nclarifai.pat=\n"
                        + "databricks.config-file="
                        + Files.writeString(home.resolve("profiles"), "[DEFAULT]\nhost=other-host\ntoken=other\n")
                        + "\n");
    }

    @Test
    void optionWinsOverConfigFileOverEnvironmentOverApplicationProperties() throws IOException {
        Path config = Files.writeString(home.resolve("mine.properties"), "databricks.host=from-config\n");
        Map<String, String> option = Map.of(HOST, "from-option");
        Map<String, String> environment = Map.of("DATABRICKS_HOST", "from-environment");

        assertThat(host(Settings.load(home, Map.of(), option, config, environment)))
                .isEqualTo("from-option");
        assertThat(host(Settings.load(home, Map.of(), Map.of(), config, environment)))
                .isEqualTo("from-config");
        assertThat(host(Settings.load(home, Map.of(), Map.of(), null, environment)))
                .isEqualTo("from-environment");
        assertThat(host(Settings.load(home, Map.of(), Map.of(), null, Map.of())))
                .isEqualTo("from-application");
    }

    @Test
    void hyphenInASettingIsAnUnderscoreInTheEnvironment() {
        Settings settings = Settings.load(home, Map.of(), Map.of(), null, Map.of("DATABRICKS_WAREHOUSE_ID", "abc"));

        assertThat(settings.toProperties()).containsEntry("databricks.warehouse-id", "abc");
    }

    @Test
    void aProxyThatIsWronglyWrittenIsFoundBeforeAnythingIsDone() {
        Settings settings = Settings.load(
                home,
                Map.of(),
                Map.of("proxy.url", "https://ada:secret9@proxy:3128", "databricks.token", "t"),
                null,
                Map.of());

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Requirements.databricks(settings))
                .withMessageStartingWith("proxy.url is a proxy that expects https")
                .withMessageNotContaining("secret9");
        settings.set("proxy.url", "http://ada:secret9@proxy:3128");
        Requirements.databricks(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://workspace", "https://a b", "https://user@workspace"})
    void aHostThatIsNoneIsRefusedByNameBeforeAnythingIsDone(String host) {
        Map<String, String> given = Map.of("databricks.host", host, "databricks.token", "t");

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Requirements.databricks(Settings.load(home, Map.of(), given, null, Map.of())))
                .withMessageStartingWith(
                        "databricks.host: '" + host + "' is not the address of a Databricks workspace");
    }

    @Test
    void missingSettingIsNamedWithEveryWayToSetIt() {
        Settings settings = Settings.load(home, Map.of(), Map.of(), null, Map.of());

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings.require("clarifai.pat", "--pat", "where"))
                .withMessageContainingAll("clarifai.pat", "--pat", "CLARIFAI_PAT");
    }

    @Test
    void configFileThatIsNotThereIsNamed() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Settings.load(home, Map.of(), Map.of(), home.resolve("nowhere.properties"), Map.of()))
                .withMessageContainingAll("--config", "nowhere.properties");
    }

    /** Not those of schedules, of Camel, and those that a route of one's own asks for. */
    @Test
    void aSettingThatNothingReadsIsWarnedOf() throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("routes")).resolve("own.camel.yaml"), "- to: {{?my.own}}");
        Path config = Files.writeString(
                home.resolve("mine.properties"),
                "databricks.tokn=x\nmy.own=1\nschedule.a.flow=b\ncamel.main.name=c\nzzz=1\nclarifai.pat=x\n");

        assertThat(Settings.load(home, Map.of(), Map.of(), config, Map.of()).warnings())
                .containsExactly(
                        config + ": there is no setting 'databricks.tokn'. Was 'databricks.token' meant?",
                        config + ": there is no setting 'zzz'");
    }

    @Test
    void whatIsEmptyIsNotSet() throws IOException {
        Path config = Files.writeString(home.resolve("mine.properties"), "clarifai.pat=\n");

        assertThat(Settings.load(home, Map.of(), Map.of(), config, Map.of("CLARIFAI_PAT", "pat"))
                        .get("clarifai.pat"))
                .isEqualTo("pat");
    }

    @Test
    void aPatThatIsSetCountsAndOneThatIsNotIsAskedOfDatabricks() {
        Map<String, String> databricks = Map.of("DATABRICKS_TOKEN", "dapi");
        Settings without = Settings.load(home, Map.of(), Map.of(), null, databricks);
        Settings with = Settings.load(home, Map.of(), Map.of("clarifai.pat", "mine"), null, databricks);
        Settings neither = Settings.load(home, Map.of(), Map.of(), null, Map.of());

        Requirements.clarifai(without);
        Requirements.clarifai(with);

        assertThat(without.get("clarifai.pat"))
                .isEqualTo("{{databricks:{{clarifai.secret-scope}}/{{clarifai.secret-key}}}}");
        assertThat(with.get("clarifai.pat")).isEqualTo("mine");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Requirements.clarifai(neither))
                .withMessageContainingAll("--pat", "CLARIFAI_PAT", "secret scope");
    }

    @Test
    void aServicePrincipalNeedsItsSecretAndNoToken() {
        Settings incomplete = Settings.load(home, Map.of(), Map.of("databricks.client-id", "id"), null, Map.of());

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Requirements.databricks(incomplete))
                .withMessageContainingAll("databricks.client-secret", "DATABRICKS_CLIENT_SECRET");
    }

    private static String host(Settings settings) {
        return settings.toProperties().getProperty(HOST);
    }

    @Test
    void aFileThatIsNotThereIsSaidInWords() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Settings.load(home, Map.of(), Map.of(), home.resolve("none.properties"), Map.of()))
                .withMessageContaining("none.properties' (--config): it is not there");
    }
}
