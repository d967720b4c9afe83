package com.clarifai.databricks.flow.cluster;

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

    final String baseUrl() {
        return baseUrl;
    }

    final double requestsPerSecond() {
        return requestsPerSecond;
    }

    final int batchSize() {
        return batchSize;
    }
}
