package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.UserAppIDSet;

/** An app and its owner; both ids are needed in every call with a personal access token. */
public record AppRef(String userId, String appId) {

    public AppRef {
        if (userId == null || userId.isBlank() || appId == null || appId.isBlank()) {
            throw new IllegalArgumentException(
                    "An app needs the ids of its owner and of itself, not " + userId + " and " + appId);
        }
    }

    UserAppIDSet toProto() {
        return UserAppIDSet.newBuilder().setUserId(userId).setAppId(appId).build();
    }
}
