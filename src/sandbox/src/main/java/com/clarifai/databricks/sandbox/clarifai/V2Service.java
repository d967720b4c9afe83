package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.CancelInputsAddJobRequest;
import com.clarifai.grpc.api.DeleteAnnotationRequest;
import com.clarifai.grpc.api.DeleteAnnotationsRequest;
import com.clarifai.grpc.api.DeleteAppRequest;
import com.clarifai.grpc.api.DeleteDatasetInputsRequest;
import com.clarifai.grpc.api.DeleteDatasetVersionsRequest;
import com.clarifai.grpc.api.DeleteDatasetsRequest;
import com.clarifai.grpc.api.DeleteInputRequest;
import com.clarifai.grpc.api.DeleteInputsRequest;
import com.clarifai.grpc.api.GetAnnotationRequest;
import com.clarifai.grpc.api.GetAppRequest;
import com.clarifai.grpc.api.GetConceptRequest;
import com.clarifai.grpc.api.GetDatasetInputRequest;
import com.clarifai.grpc.api.GetDatasetRequest;
import com.clarifai.grpc.api.GetDatasetVersionRequest;
import com.clarifai.grpc.api.GetInputCountRequest;
import com.clarifai.grpc.api.GetInputRequest;
import com.clarifai.grpc.api.GetInputsAddJobRequest;
import com.clarifai.grpc.api.GetUserRequest;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListAppsRequest;
import com.clarifai.grpc.api.ListConceptsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListDatasetVersionsRequest;
import com.clarifai.grpc.api.ListDatasetsRequest;
import com.clarifai.grpc.api.ListInputsAddJobsRequest;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.MultiAnnotationResponse;
import com.clarifai.grpc.api.MultiAppResponse;
import com.clarifai.grpc.api.MultiConceptResponse;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.MultiDatasetResponse;
import com.clarifai.grpc.api.MultiDatasetVersionExportResponse;
import com.clarifai.grpc.api.MultiDatasetVersionResponse;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.MultiInputsAddJobResponse;
import com.clarifai.grpc.api.MultiScopeResponse;
import com.clarifai.grpc.api.MultiSearchResponse;
import com.clarifai.grpc.api.MyScopesRequest;
import com.clarifai.grpc.api.PatchAnnotationsRequest;
import com.clarifai.grpc.api.PatchAppsRequest;
import com.clarifai.grpc.api.PatchConceptsRequest;
import com.clarifai.grpc.api.PatchDatasetsRequest;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.PostAnnotationsSearchesRequest;
import com.clarifai.grpc.api.PostAppsRequest;
import com.clarifai.grpc.api.PostConceptsRequest;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import com.clarifai.grpc.api.PostDatasetVersionsRequest;
import com.clarifai.grpc.api.PostDatasetsRequest;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.PostInputsSearchesRequest;
import com.clarifai.grpc.api.PutDatasetVersionExportsRequest;
import com.clarifai.grpc.api.SingleAnnotationResponse;
import com.clarifai.grpc.api.SingleAppResponse;
import com.clarifai.grpc.api.SingleConceptResponse;
import com.clarifai.grpc.api.SingleDatasetInputResponse;
import com.clarifai.grpc.api.SingleDatasetResponse;
import com.clarifai.grpc.api.SingleDatasetVersionResponse;
import com.clarifai.grpc.api.SingleInputCountResponse;
import com.clarifai.grpc.api.SingleInputResponse;
import com.clarifai.grpc.api.SingleInputsAddJobResponse;
import com.clarifai.grpc.api.SingleUserResponse;
import com.clarifai.grpc.api.StreamInputsRequest;
import com.clarifai.grpc.api.V2Grpc;
import com.clarifai.grpc.api.status.BaseResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.BiFunction;

/** The RPCs that the stand-in knows; all others are answered UNIMPLEMENTED by the base class. */
final class V2Service extends V2Grpc.V2ImplBase {

    private final Calls calls;
    private final AppsService apps;
    private final DatasetsService datasets;
    private final VersionsService versions;
    private final InputIntake intake;
    private final InputsService inputs;
    private final JobsService jobs;
    private final AnnotationsService annotations;
    private final ConceptsService concepts;
    private final SearchService searches;
    private final Churn churn;

    V2Service(
            Calls calls,
            AppsService apps,
            DatasetsService datasets,
            VersionsService versions,
            Churn churn,
            ClarifaiTables tables,
            InputView view,
            StoredImages files,
            Processing processing,
            Oddities oddities,
            ClarifaiOptions options) {
        ClarifaiOptions.Limits limits = options.limits();
        this.calls = calls;
        this.apps = apps;
        this.datasets = datasets;
        this.versions = versions;
        this.churn = churn;
        this.intake = new InputIntake(tables, view, files, processing, oddities, limits);
        this.inputs = new InputsService(tables, view, processing, oddities, limits);
        this.jobs = new JobsService(tables, limits);
        this.annotations = new AnnotationsService(tables, view, limits);
        this.concepts = new ConceptsService(tables, limits);
        this.searches = new SearchService(tables, view, limits);
    }

    /** A list whose content may change between its pages. */
    private <Q, A> BiFunction<String, Q, A> stirred(BiFunction<String, Q, A> list) {
        return (app, request) -> {
            churn.beforeList(app);
            return list.apply(app, request);
        };
    }

    @Override
    public void getUser(GetUserRequest request, StreamObserver<SingleUserResponse> answer) {
        calls.asUser("GetUser", request, SingleUserResponse.getDefaultInstance(), answer, apps::user);
    }

    @Override
    public void myScopes(MyScopesRequest request, StreamObserver<MultiScopeResponse> answer) {
        calls.asUser("MyScopes", request, MultiScopeResponse.getDefaultInstance(), answer, apps::scopes);
    }

    @Override
    public void listApps(ListAppsRequest request, StreamObserver<MultiAppResponse> answer) {
        calls.asUser("ListApps", request, MultiAppResponse.getDefaultInstance(), answer, apps::list);
    }

    @Override
    public void getApp(GetAppRequest request, StreamObserver<SingleAppResponse> answer) {
        calls.inApp("GetApp", request, SingleAppResponse.getDefaultInstance(), answer, apps::get);
    }

    @Override
    public void postApps(PostAppsRequest request, StreamObserver<MultiAppResponse> answer) {
        calls.asUser("PostApps", request, MultiAppResponse.getDefaultInstance(), answer, apps::post);
    }

    @Override
    public void patchApps(PatchAppsRequest request, StreamObserver<MultiAppResponse> answer) {
        calls.asUser("PatchApps", request, MultiAppResponse.getDefaultInstance(), answer, apps::patch);
    }

    @Override
    public void deleteApp(DeleteAppRequest request, StreamObserver<BaseResponse> answer) {
        calls.inApp("DeleteApp", request, BaseResponse.getDefaultInstance(), answer, apps::delete);
    }

    @Override
    public void listDatasets(ListDatasetsRequest request, StreamObserver<MultiDatasetResponse> answer) {
        calls.inApp("ListDatasets", request, MultiDatasetResponse.getDefaultInstance(), answer, datasets::list);
    }

    @Override
    public void getDataset(GetDatasetRequest request, StreamObserver<SingleDatasetResponse> answer) {
        calls.inApp("GetDataset", request, SingleDatasetResponse.getDefaultInstance(), answer, datasets::get);
    }

    @Override
    public void postDatasets(PostDatasetsRequest request, StreamObserver<MultiDatasetResponse> answer) {
        calls.inApp("PostDatasets", request, MultiDatasetResponse.getDefaultInstance(), answer, datasets::post);
    }

    @Override
    public void patchDatasets(PatchDatasetsRequest request, StreamObserver<MultiDatasetResponse> answer) {
        calls.inApp("PatchDatasets", request, MultiDatasetResponse.getDefaultInstance(), answer, datasets::patch);
    }

    @Override
    public void deleteDatasets(DeleteDatasetsRequest request, StreamObserver<BaseResponse> answer) {
        calls.inApp("DeleteDatasets", request, BaseResponse.getDefaultInstance(), answer, datasets::delete);
    }

    @Override
    public void listDatasetInputs(ListDatasetInputsRequest request, StreamObserver<MultiDatasetInputResponse> answer) {
        calls.inApp(
                "ListDatasetInputs",
                request,
                MultiDatasetInputResponse.getDefaultInstance(),
                answer,
                stirred(datasets::listInputs));
    }

    @Override
    public void getDatasetInput(GetDatasetInputRequest request, StreamObserver<SingleDatasetInputResponse> answer) {
        calls.inApp(
                "GetDatasetInput",
                request,
                SingleDatasetInputResponse.getDefaultInstance(),
                answer,
                datasets::getInput);
    }

    @Override
    public void postDatasetInputs(PostDatasetInputsRequest request, StreamObserver<MultiDatasetInputResponse> answer) {
        calls.inApp(
                "PostDatasetInputs",
                request,
                MultiDatasetInputResponse.getDefaultInstance(),
                answer,
                datasets::postInputs);
    }

    @Override
    public void deleteDatasetInputs(DeleteDatasetInputsRequest request, StreamObserver<BaseResponse> answer) {
        calls.inApp("DeleteDatasetInputs", request, BaseResponse.getDefaultInstance(), answer, datasets::deleteInputs);
    }

    @Override
    public void listDatasetVersions(
            ListDatasetVersionsRequest request, StreamObserver<MultiDatasetVersionResponse> answer) {
        calls.inApp(
                "ListDatasetVersions",
                request,
                MultiDatasetVersionResponse.getDefaultInstance(),
                answer,
                versions::list);
    }

    @Override
    public void getDatasetVersion(
            GetDatasetVersionRequest request, StreamObserver<SingleDatasetVersionResponse> answer) {
        calls.inApp(
                "GetDatasetVersion", request, SingleDatasetVersionResponse.getDefaultInstance(), answer, versions::get);
    }

    @Override
    public void postDatasetVersions(
            PostDatasetVersionsRequest request, StreamObserver<MultiDatasetVersionResponse> answer) {
        calls.inApp(
                "PostDatasetVersions",
                request,
                MultiDatasetVersionResponse.getDefaultInstance(),
                answer,
                versions::post);
    }

    @Override
    public void deleteDatasetVersions(DeleteDatasetVersionsRequest request, StreamObserver<BaseResponse> answer) {
        calls.inApp("DeleteDatasetVersions", request, BaseResponse.getDefaultInstance(), answer, versions::delete);
    }

    @Override
    public void putDatasetVersionExports(
            PutDatasetVersionExportsRequest request, StreamObserver<MultiDatasetVersionExportResponse> answer) {
        calls.inApp(
                "PutDatasetVersionExports",
                request,
                MultiDatasetVersionExportResponse.getDefaultInstance(),
                answer,
                versions::export);
    }

    @Override
    public void postInputs(PostInputsRequest request, StreamObserver<MultiInputResponse> answer) {
        calls.inApp("PostInputs", request, MultiInputResponse.getDefaultInstance(), answer, intake::post);
    }

    @Override
    public void getInput(GetInputRequest request, StreamObserver<SingleInputResponse> answer) {
        calls.inApp("GetInput", request, SingleInputResponse.getDefaultInstance(), answer, inputs::get);
    }

    @Override
    public void listInputs(ListInputsRequest request, StreamObserver<MultiInputResponse> answer) {
        calls.inApp("ListInputs", request, MultiInputResponse.getDefaultInstance(), answer, stirred(inputs::list));
    }

    @Override
    public void streamInputs(StreamInputsRequest request, StreamObserver<MultiInputResponse> answer) {
        calls.inApp("StreamInputs", request, MultiInputResponse.getDefaultInstance(), answer, inputs::stream);
    }

    @Override
    public void getInputCount(GetInputCountRequest request, StreamObserver<SingleInputCountResponse> answer) {
        calls.inApp("GetInputCount", request, SingleInputCountResponse.getDefaultInstance(), answer, inputs::count);
    }

    @Override
    public void patchInputs(PatchInputsRequest request, StreamObserver<MultiInputResponse> answer) {
        calls.inApp("PatchInputs", request, MultiInputResponse.getDefaultInstance(), answer, inputs::patch);
    }

    @Override
    public void deleteInput(DeleteInputRequest request, StreamObserver<BaseResponse> answer) {
        calls.inApp("DeleteInput", request, BaseResponse.getDefaultInstance(), answer, inputs::delete);
    }

    @Override
    public void deleteInputs(DeleteInputsRequest request, StreamObserver<BaseResponse> answer) {
        calls.inApp("DeleteInputs", request, BaseResponse.getDefaultInstance(), answer, inputs::delete);
    }

    @Override
    public void listInputsAddJobs(ListInputsAddJobsRequest request, StreamObserver<MultiInputsAddJobResponse> answer) {
        calls.inApp("ListInputsAddJobs", request, MultiInputsAddJobResponse.getDefaultInstance(), answer, jobs::list);
    }

    @Override
    public void getInputsAddJob(GetInputsAddJobRequest request, StreamObserver<SingleInputsAddJobResponse> answer) {
        calls.inApp("GetInputsAddJob", request, SingleInputsAddJobResponse.getDefaultInstance(), answer, jobs::get);
    }

    @Override
    public void cancelInputsAddJob(
            CancelInputsAddJobRequest request, StreamObserver<SingleInputsAddJobResponse> answer) {
        calls.inApp(
                "CancelInputsAddJob", request, SingleInputsAddJobResponse.getDefaultInstance(), answer, jobs::cancel);
    }

    @Override
    public void getAnnotation(GetAnnotationRequest request, StreamObserver<SingleAnnotationResponse> answer) {
        calls.inApp("GetAnnotation", request, SingleAnnotationResponse.getDefaultInstance(), answer, annotations::get);
    }

    @Override
    public void listAnnotations(ListAnnotationsRequest request, StreamObserver<MultiAnnotationResponse> answer) {
        calls.inApp(
                "ListAnnotations",
                request,
                MultiAnnotationResponse.getDefaultInstance(),
                answer,
                stirred(annotations::list));
    }

    @Override
    public void postAnnotations(PostAnnotationsRequest request, StreamObserver<MultiAnnotationResponse> answer) {
        calls.inApp(
                "PostAnnotations", request, MultiAnnotationResponse.getDefaultInstance(), answer, annotations::post);
    }

    @Override
    public void patchAnnotations(PatchAnnotationsRequest request, StreamObserver<MultiAnnotationResponse> answer) {
        calls.inApp(
                "PatchAnnotations", request, MultiAnnotationResponse.getDefaultInstance(), answer, annotations::patch);
    }

    @Override
    public void deleteAnnotation(DeleteAnnotationRequest request, StreamObserver<BaseResponse> answer) {
        calls.inApp("DeleteAnnotation", request, BaseResponse.getDefaultInstance(), answer, annotations::delete);
    }

    @Override
    public void deleteAnnotations(DeleteAnnotationsRequest request, StreamObserver<BaseResponse> answer) {
        calls.inApp("DeleteAnnotations", request, BaseResponse.getDefaultInstance(), answer, annotations::delete);
    }

    @Override
    public void listConcepts(ListConceptsRequest request, StreamObserver<MultiConceptResponse> answer) {
        calls.inApp("ListConcepts", request, MultiConceptResponse.getDefaultInstance(), answer, concepts::list);
    }

    @Override
    public void getConcept(GetConceptRequest request, StreamObserver<SingleConceptResponse> answer) {
        calls.inApp("GetConcept", request, SingleConceptResponse.getDefaultInstance(), answer, concepts::get);
    }

    @Override
    public void postConcepts(PostConceptsRequest request, StreamObserver<MultiConceptResponse> answer) {
        calls.inApp("PostConcepts", request, MultiConceptResponse.getDefaultInstance(), answer, concepts::post);
    }

    @Override
    public void patchConcepts(PatchConceptsRequest request, StreamObserver<MultiConceptResponse> answer) {
        calls.inApp("PatchConcepts", request, MultiConceptResponse.getDefaultInstance(), answer, concepts::patch);
    }

    @Override
    public void postInputsSearches(PostInputsSearchesRequest request, StreamObserver<MultiSearchResponse> answer) {
        calls.inApp("PostInputsSearches", request, MultiSearchResponse.getDefaultInstance(), answer, searches::inputs);
    }

    @Override
    public void postAnnotationsSearches(
            PostAnnotationsSearchesRequest request, StreamObserver<MultiSearchResponse> answer) {
        calls.inApp(
                "PostAnnotationsSearches",
                request,
                MultiSearchResponse.getDefaultInstance(),
                answer,
                searches::annotations);
    }
}
