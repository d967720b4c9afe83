package com.clarifai.databricks.mapping;

import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.User;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people choose from, as maps: {@code user_id}, {@code app_id}, {@code dataset_id}, and what tells them apart. */
public final class ResourceRows {

    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String CREATED_AT = "created_at";
    private static final String MODIFIED_AT = "modified_at";

    private ResourceRows() {}

    public static Map<String, Object> user(User user) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(InputColumns.USER_ID, user.getId());
        row.put(NAME, (user.getFirstName() + ' ' + user.getLastName()).strip());
        return row;
    }

    public static Map<String, Object> app(App app) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(InputColumns.USER_ID, app.getUserId());
        row.put(InputColumns.APP_ID, app.getId());
        row.put(NAME, app.getName());
        row.put(DESCRIPTION, app.getDescription());
        row.put(CREATED_AT, app.hasCreatedAt() ? ClarifaiTime.of(app.getCreatedAt()) : null);
        row.put(MODIFIED_AT, app.hasModifiedAt() ? ClarifaiTime.of(app.getModifiedAt()) : null);
        return row;
    }

    public static Map<String, Object> dataset(Dataset dataset) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(InputColumns.USER_ID, dataset.getUserId());
        row.put(InputColumns.APP_ID, dataset.getAppId());
        row.put(InputColumns.DATASET_ID, dataset.getId());
        row.put(DESCRIPTION, dataset.getDescription());
        row.put(CREATED_AT, dataset.hasCreatedAt() ? ClarifaiTime.of(dataset.getCreatedAt()) : null);
        row.put(MODIFIED_AT, dataset.hasModifiedAt() ? ClarifaiTime.of(dataset.getModifiedAt()) : null);
        return row;
    }
}
