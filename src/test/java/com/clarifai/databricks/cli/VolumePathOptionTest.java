package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.flow.parameter.WrongParameterException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumePathOptionTest {

    private static Map<String, Object> parsed(String command, String options) {
        List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
        words.addAll(Arrays.asList(options.split(" ")));
        return FlowCatalog.request(words).headers();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--volume /Volumes/main/default/photos/cats/new",
                "--volume=/Volumes/main/default/photos/cats/new",
                "--volume dbfs:/Volumes/main/default/photos/cats/new",
                "--catalog main --volume /Volumes/main/default/photos/cats/new",
                "--volume /Volumes/main/default/photos/cats/new --catalog=main --schema default",
                "--catalog main --schema default --volume photos --path cats/new"
            })
    void aWholePathSaysCatalogSchemaVolumeAndFolder(String options) {
        assertThat(parsed("import volume", options + " --table t --app a --dataset d"))
                .containsEntry("catalog", "main")
                .containsEntry("schema", "default")
                .containsEntry("volume", "photos")
                .containsEntry("path", "cats/new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--volume /Volumes/main/default/photos --catalog other",
                "--catalog other --volume /Volumes/main/default/photos"
            })
    void whatContradictsItIsRefusedByName(String options) {
        assertThatExceptionOfType(WrongParameterException.class)
                .isThrownBy(() -> parsed("import volume", options + " --table t --app a --dataset d"))
                .satisfies(e -> assertThat(e.problems()).containsOnlyKeys("catalog"));
    }

    @Test
    void aPathThatEndsBeforeTheVolumeIsRefusedAsOne() {
        assertThatExceptionOfType(WrongParameterException.class)
                .isThrownBy(
                        () -> parsed("import volume", "--volume /Volumes/main/default --table t --app a --dataset d"))
                .satisfies(e -> assertThat(e.problems())
                        .containsOnly(Map.entry(
                                "volume", "'/Volumes/main/default' is not /Volumes/<catalog>/<schema>/<volume>")));
    }

    @Test
    void ofAnExportItNamesTheVolumeOfTheImagesAndNotThePlaceOfTheTables() {
        assertThat(parsed(
                        "export",
                        "--images --volume /Volumes/pictures/raw/copies/new --catalog main --schema default"
                                + " --inputs-table i --annotations-table a --app a --dataset d"))
                .containsEntry("catalog", "main")
                .containsEntry("volume", "pictures.raw.copies")
                .containsEntry("path", "new");
    }
}
