package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.CancelInputsAddJobRequest;
import com.clarifai.grpc.api.GetInputsAddJobRequest;
import com.clarifai.grpc.api.InputsAddJob;
import com.clarifai.grpc.api.ListInputsAddJobsRequest;
import com.clarifai.grpc.api.MultiInputsAddJobResponse;
import com.clarifai.grpc.api.SingleInputsAddJobResponse;

/** The jobs under which inputs are added. */
final class JobsService {

    private final ClarifaiTables tables;
    private final ClarifaiOptions.Limits limits;

    JobsService(ClarifaiTables tables, ClarifaiOptions.Limits limits) {
        this.tables = tables;
        this.limits = limits;
    }

    MultiInputsAddJobResponse list(String app, ListInputsAddJobsRequest request) {
        Page page = Page.of(request.getPage(), request.getPerPage(), limits);
        return tables.store().read(() -> MultiInputsAddJobResponse.newBuilder()
                .addAllInputsAddJobs(tables.jobs().page(app, page))
                .build());
    }

    SingleInputsAddJobResponse get(String app, GetInputsAddJobRequest request) {
        return answer(tables.store().read(() -> tables.jobs().get(app, request.getId())));
    }

    /** Inputs that are not finished yet end as failed. */
    SingleInputsAddJobResponse cancel(String app, CancelInputsAddJobRequest request) {
        return answer(tables.store().write(() -> tables.jobs().cancel(app, request.getId())));
    }

    private static SingleInputsAddJobResponse answer(InputsAddJob job) {
        return SingleInputsAddJobResponse.newBuilder().setInputsAddJob(job).build();
    }
}
