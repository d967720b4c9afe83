package com.clarifai.databricks.it;

import com.clarifai.grpc.api.Input;
import java.util.List;
import java.util.Map;

/** What an import has left behind: all columns but those that hold times, run ids and the app's own name and addresses. */
final class ImportEnd {

    private final Sandbox sandbox;
    private final ClarifaiApp app;

    ImportEnd(Sandbox sandbox, ClarifaiApp app) {
        this.sandbox = sandbox;
        this.app = app;
    }

    /** The tracking table of imports into an app. */
    static String table(ClarifaiApp app) {
        return "main.default." + app.id().replace('-', '_');
    }

    List<String> members() {
        return app.datasetInputs(VolumeImport.DATASET).stream()
                .map(Input::getId)
                .sorted()
                .toList();
    }

    /** Of rows. */
    List<Map<String, Object>> tracked() {
        return sandbox.query("SELECT input_id, image_info, input_metadata, concepts, longitude, latitude, dataset_id,"
                + " status, status_code, status_message, source_uri FROM " + table(app) + " ORDER BY input_id");
    }

    List<Map<String, Object>> rejects() {
        return sandbox.query("SELECT source_uri, input_id, dataset_id, status_code, status_message, raw FROM "
                + table(app) + "_rejects ORDER BY source_uri");
    }

    List<Map<String, Object>> files() {
        return sandbox.query("SELECT input_id, image_info, input_metadata, concepts, dataset_id, user_id, status,"
                + " status_code, status_message, source_uri, source_size, source_modified_at FROM " + table(app)
                + " ORDER BY source_uri");
    }
}
