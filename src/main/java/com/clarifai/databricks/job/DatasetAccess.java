package com.clarifai.databricks.job;

import com.clarifai.databricks.clarifai.AppRef;
import com.clarifai.databricks.clarifai.ClarifaiClient;
import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.clarifai.RequestTurn;
import java.util.List;

/**
 * Which dataset a job works on, and how it gets there: what all of its tasks have in common. There is no secret in it.
 *
 * @param user owner of the app
 * @param baseUrl of Clarifai's API
 * @param requestsPerSecond of all tasks together; 0 for no limit
 * @param secretScope with the Clarifai token, where the cluster does not have it in its environment
 * @param secretKeys the first of them that is there has it
 */
public record DatasetAccess(
        String app,
        String dataset,
        String user,
        String baseUrl,
        double requestsPerSecond,
        String secretScope,
        List<String> secretKeys) {

    AppRef appRef() {
        return new AppRef(user, app);
    }

    /**
     * @param share of the limit, that of all who have a turn together
     * @param turn of this one among them
     */
    ClarifaiClient client(String pat, double share, RequestTurn turn) {
        return new ClarifaiClient(ClarifaiSettings.of(baseUrl, pat)
                .withUserId(user)
                .withRequestsPerSecond(requestsPerSecond * share)
                .withTurn(turn));
    }
}
