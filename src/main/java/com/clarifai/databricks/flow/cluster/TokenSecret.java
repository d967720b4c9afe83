package com.clarifai.databricks.flow.cluster;

import java.util.Arrays;
import java.util.List;

/** Where jobs find the Clarifai token: the settings that the beans of jobs have in common. */
public abstract class TokenSecret {

    private String secretScope;
    private List<String> secretKeys;

    public void setSecretScope(String secretScope) {
        this.secretScope = secretScope;
    }

    /** @param secretKeys with commas; the first that is there has the token */
    public void setSecretKeys(String secretKeys) {
        this.secretKeys =
                Arrays.stream(secretKeys.split(",")).map(String::strip).toList();
    }

    final String secretScope() {
        return secretScope;
    }

    final List<String> secretKeys() {
        return secretKeys;
    }
}
