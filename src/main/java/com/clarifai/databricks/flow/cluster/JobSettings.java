package com.clarifai.databricks.flow.cluster;

import com.clarifai.databricks.job.DatasetAccess;

/** How jobs call Clarifai. */
public abstract class JobSettings extends TokenSecret {

    private String baseUrl;
    private double requestsPerSecond;
    private int batchSize;

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** @param requestsPerSecond of all tasks together; 0 for no limit */
    public void setRequestsPerSecond(double requestsPerSecond) {
        this.requestsPerSecond = requestsPerSecond;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    final DatasetAccess access(String app, String dataset, String user) {
        return new DatasetAccess(app, dataset, user, baseUrl, requestsPerSecond, secretScope(), secretKeys());
    }

    final int batchSize() {
        return batchSize;
    }
}
