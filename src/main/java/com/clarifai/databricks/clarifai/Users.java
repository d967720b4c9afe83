package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.GetUserRequest;
import com.clarifai.grpc.api.SingleUserResponse;
import com.clarifai.grpc.api.User;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import java.util.concurrent.CompletableFuture;

/** Users. */
public final class Users {

    private final ClarifaiCalls calls;

    Users(ClarifaiCalls calls) {
        this.calls = calls;
    }

    /** The cheapest check of the token. */
    public CompletableFuture<User> get(String userId) {
        GetUserRequest request = GetUserRequest.newBuilder()
                .setUserAppId(UserAppIDSet.newBuilder().setUserId(userId))
                .build();
        return calls.send(Call.of("GetUser", request, V2FutureStub::getUser, SingleUserResponse::getStatus))
                .thenApply(SingleUserResponse::getUser);
    }
}
