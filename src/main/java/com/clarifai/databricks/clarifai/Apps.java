package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.GetAppRequest;
import com.clarifai.grpc.api.ListAppsRequest;
import com.clarifai.grpc.api.MultiAppResponse;
import com.clarifai.grpc.api.PostAppsRequest;
import com.clarifai.grpc.api.SingleAppResponse;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import java.util.concurrent.CompletableFuture;

/** The apps of a user. */
public final class Apps {

    /** @param created false when it was there before */
    public record Ensured(App app, boolean created) {}

    private final ClarifaiCalls calls;

    Apps(ClarifaiCalls calls) {
        this.calls = calls;
    }

    public CompletableFuture<App> get(AppRef app) {
        GetAppRequest request =
                GetAppRequest.newBuilder().setUserAppId(app.toProto()).build();
        return calls.send(Call.of("GetApp", request, V2FutureStub::getApp, SingleAppResponse::getStatus))
                .thenApply(SingleAppResponse::getApp);
    }

    public CompletableFuture<Pages<App>> list(String userId, int pageSize) {
        UserAppIDSet user = UserAppIDSet.newBuilder().setUserId(userId).build();
        return NumberedPages.open(
                (number, size) -> {
                    ListAppsRequest request = ListAppsRequest.newBuilder()
                            .setUserAppId(user)
                            .setPage(number)
                            .setPerPage(size)
                            .build();
                    return calls.send(Call.of("ListApps", request, V2FutureStub::listApps, MultiAppResponse::getStatus))
                            .thenApply(MultiAppResponse::getAppsList);
                },
                App::getId,
                pageSize);
    }

    /** Creates the app, unless its user has it already. */
    public CompletableFuture<Ensured> ensure(AppRef app) {
        PostAppsRequest request = PostAppsRequest.newBuilder()
                .setUserAppId(UserAppIDSet.newBuilder().setUserId(app.userId()))
                .addApps(App.newBuilder().setId(app.appId()))
                .build();
        return calls.send(Call.of("PostApps", request, V2FutureStub::postApps, MultiAppResponse::getStatus))
                .thenCompose(answer ->
                        answer.getAppsCount() == 0 ? get(app) : CompletableFuture.completedFuture(answer.getApps(0)))
                .thenApply(made -> new Ensured(made, true))
                .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.ALREADY_EXISTS)
                        ? get(app).thenApply(found -> new Ensured(found, false))
                        : CompletableFuture.failedFuture(failure));
    }
}
