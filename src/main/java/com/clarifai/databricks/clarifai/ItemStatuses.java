package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.status.Status;
import java.util.List;
import java.util.function.Function;

/**
 * Clarifai's answer to a request of many items.
 *
 * @param statuses one for each item, in the order of the request
 * @param repeated whether an earlier attempt of the same request may have been carried out, its reply lost
 * @param refusal the failure of the whole request for a status that turns out to be about more than one item
 */
public record ItemStatuses(List<Status> statuses, boolean repeated, Function<Status, ClarifaiException> refusal) {}
