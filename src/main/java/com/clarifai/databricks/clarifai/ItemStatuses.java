package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.status.Status;
import java.util.List;

/**
 * Clarifai's answer to a request of many items.
 *
 * @param statuses one for each item, in the order of the request
 * @param repeated whether an earlier attempt of the same request may have been carried out, its reply lost
 */
public record ItemStatuses(List<Status> statuses, boolean repeated) {}
