package com.clarifai.databricks.app;

import com.clarifai.databricks.settings.Settings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The warehouses and clusters that somebody with these credentials may choose from, 200 of each at most.
 *
 * @param warehouses each with {@code id}, {@code name} and {@code state}, as have the clusters
 */
public record ComputeChoices(List<Map<String, Object>> warehouses, List<Map<String, Object>> clusters) {

    private static final int MOST = 200;

    public static ComputeChoices of(Settings settings) {
        try (Application application = Application.startUnconnected(settings)) {
            return new ComputeChoices(
                    list(application, "databricks:listWarehouses", "id", "name"),
                    list(application, "databricks:listClusters", "cluster_id", "cluster_name"));
        }
    }

    private static List<Map<String, Object>> list(
            Application application, String endpoint, String idField, String nameField) {
        Iterator<?> found = application.context().createProducerTemplate().requestBody(endpoint, null, Iterator.class);
        List<Map<String, Object>> choices = new ArrayList<>();
        while (found.hasNext() && choices.size() < MOST) {
            Map<?, ?> item = (Map<?, ?>) found.next();
            choices.add(Map.of(
                    "id", String.valueOf(item.get(idField)),
                    "name", String.valueOf(item.get(nameField)),
                    "state", String.valueOf(item.get("state"))));
        }
        return choices;
    }
}
