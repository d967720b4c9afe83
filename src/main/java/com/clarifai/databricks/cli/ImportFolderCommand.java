package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.FlowRequest;
import com.clarifai.databricks.flow.source.LocalPath;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "folder",
        description = {
            "Import the images in a folder of this machine into a Clarifai dataset.",
            "",
            "As 'import volume' does it, with the images read from here: every image in the folder and the folders in it"
                    + " becomes an input of the dataset, and has a row in the tracking table. An import that is repeated"
                    + " uploads only what is new; a folder that was moved is another one."
        },
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect import folder ./photos --table main.default.inputs --app demo --dataset photos")
final class ImportFolderCommand extends FlowCommand {

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The folder, such as ./photos.")
    private String folder;

    @Mixin
    private TrackingTableOptions table;

    @Mixin
    private ImportFilesOptions options;

    @Override
    String flow() {
        return "import-folder";
    }

    @Override
    void check() {
        table.check(spec());
        try {
            if (!LocalPath.isLocal(folder)) {
                throw new IllegalArgumentException("'" + folder
                        + "' is no folder of this machine: 'import volume' imports" + " images in volumes");
            }
            if (!LocalPath.uri(folder).endsWith("/")) {
                throw new IllegalArgumentException("'" + folder + "' is no folder");
            }
        } catch (IllegalArgumentException e) {
            throw wrong("FOLDER", "FOLDER", e);
        }
    }

    @Override
    void checkElsewhere() {
        throw wrong("FOLDER", "FOLDER", LocalPath.refusal(folder));
    }

    /** Its whole path, which is also what the history of runs says. */
    @Override
    FlowRequest request() {
        FlowRequest request = super.request();
        Map<String, Object> headers = new LinkedHashMap<>(request.headers());
        headers.put("folder", LocalPath.uri(folder));
        return new FlowRequest(request.flow(), headers, request.failOnRejects());
    }
}
