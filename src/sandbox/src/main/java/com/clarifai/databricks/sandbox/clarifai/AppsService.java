package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.DeleteAppRequest;
import com.clarifai.grpc.api.GetAppRequest;
import com.clarifai.grpc.api.GetUserRequest;
import com.clarifai.grpc.api.ListAppsRequest;
import com.clarifai.grpc.api.MultiAppResponse;
import com.clarifai.grpc.api.MultiScopeResponse;
import com.clarifai.grpc.api.MyScopesRequest;
import com.clarifai.grpc.api.PatchAppsRequest;
import com.clarifai.grpc.api.PostAppsRequest;
import com.clarifai.grpc.api.SingleAppResponse;
import com.clarifai.grpc.api.SingleUserResponse;
import com.clarifai.grpc.api.User;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.Visibility;
import com.clarifai.grpc.api.status.BaseResponse;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.util.Timestamps;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Apps, and the user they belong to. */
final class AppsService {

    private final ClarifaiTables tables;
    private final StoredImages files;
    private final ClarifaiOptions options;
    private final Oddities oddities;

    AppsService(ClarifaiTables tables, StoredImages files, ClarifaiOptions options, Oddities oddities) {
        this.tables = tables;
        this.files = files;
        this.options = options;
        this.oddities = oddities;
    }

    void createMissing(List<String> ids) {
        tables.store().change(() -> ids.stream()
                .filter(id -> !tables.apps().contains(id))
                .forEach(id ->
                        tables.apps().put(created(App.newBuilder().setId(id).build()))));
    }

    /** One app that belongs to an organisation of which the user is a member. */
    void createForOrganisation() {
        tables.store().change(() -> {
            if (!tables.apps().contains(Authentication.ORGANISATION_APP)) {
                App app = created(
                        App.newBuilder().setId(Authentication.ORGANISATION_APP).build());
                tables.apps()
                        .put(app.toBuilder()
                                .setUserId(Authentication.ORGANISATION)
                                .build());
            }
        });
    }

    MultiAppResponse list(ListAppsRequest request) {
        Page page = Page.of(request.getPage(), request.getPerPage(), options.limits());
        String wanted = request.getSearch().toLowerCase(Locale.ROOT);
        List<App> apps = tables.store().read(() -> tables.apps()
                .all()
                .filter(app -> app.getUserId().equals(owner(request.getUserAppId())))
                .filter(app -> (app.getId() + ' ' + app.getName())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .sorted(order(request))
                .skip(page.offset())
                .limit(page.size())
                .toList());
        return MultiAppResponse.newBuilder().addAllApps(apps).build();
    }

    private static Comparator<App> order(ListAppsRequest request) {
        Comparator<App> ascending =
                switch (request.getSortByCase()) {
                    case SORT_BY_NAME -> Comparator.comparing(App::getName);
                    case SORT_BY_MODIFIED_AT -> Comparator.comparing(App::getModifiedAt, Timestamps.comparator());
                    default -> Comparator.comparing(App::getCreatedAt, Timestamps.comparator());
                };
        return request.getSortAscending() ? ascending : ascending.reversed();
    }

    SingleAppResponse get(String app, GetAppRequest request) {
        return tables.store().read(() -> SingleAppResponse.newBuilder()
                .setApp(tables.apps().get(app))
                .build());
    }

    MultiAppResponse post(PostAppsRequest request) {
        Batch.checkSize("apps", request.getAppsCount(), options.limits());
        request.getAppsList().forEach(app -> Batch.checkId("app", app.getId()));
        return tables.store().write(() -> {
            Batch.checkDistinct(request.getAppsList(), App::getId);
            request.getAppsList().stream()
                    .filter(app -> tables.apps().contains(app.getId()))
                    .forEach(app -> {
                        throw new Refusal(StatusCode.DATABASE_DUPLICATE_KEY, "app '" + app.getId() + "' exists");
                    });
            List<App> apps = request.getAppsList().stream().map(this::created).toList();
            apps.forEach(tables.apps()::put);
            return MultiAppResponse.newBuilder().addAllApps(apps).build();
        });
    }

    private App created(App app) {
        return app.toBuilder()
                .setName(app.getName().isEmpty() ? app.getId() : app.getName())
                .setDefaultLanguage(app.getDefaultLanguage().isEmpty() ? "en" : app.getDefaultLanguage())
                .setUserId(options.userId())
                .setVisibility(Visibility.newBuilder().setGettable(Visibility.Gettable.PRIVATE))
                .setCreatedAt(Times.now())
                .setModifiedAt(Times.now())
                .build();
    }

    /** Only {@code overwrite} exists for apps: the fields that are set replace the old ones. */
    MultiAppResponse patch(PatchAppsRequest request) {
        Batch.checkOverwrite(request.getAction());
        return tables.store().write(() -> {
            List<App> apps = request.getAppsList().stream()
                    .map(patch -> tables.apps().get(patch.getId()).toBuilder()
                            .mergeFrom(patch)
                            .setModifiedAt(Times.now())
                            .build())
                    .toList();
            apps.forEach(tables.apps()::put);
            return MultiAppResponse.newBuilder().addAllApps(apps).build();
        });
    }

    BaseResponse delete(String app, DeleteAppRequest request) {
        tables.store().change(() -> tables.removeApp(app, files));
        return BaseResponse.getDefaultInstance();
    }

    private String owner(UserAppIDSet ids) {
        return ids.getUserId().equals("me") ? options.userId() : ids.getUserId();
    }

    SingleUserResponse user(GetUserRequest request) {
        if (!oddities.isUserReadable() || !owner(request.getUserAppId()).equals(options.userId())) {
            throw new Refusal(StatusCode.CONN_INSUFFICIENT_SCOPES, "the token may not read this user");
        }
        return SingleUserResponse.newBuilder()
                .setUser(User.newBuilder().setId(options.userId()).setFirstName(options.userId()))
                .build();
    }

    MultiScopeResponse scopes(MyScopesRequest request) {
        return MultiScopeResponse.newBuilder().addScopes("All").build();
    }
}
