package com.clarifai.databricks.s3;

import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.proxy.ProxyServer;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says of a call that the proxy has not let through that it was the proxy, and which. */
record S3ProxyFailures(OutgoingProxy proxy) implements ExecutionInterceptor {

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        Optional<URI> target = context.httpRequest().map(SdkHttpRequest::getUri);
        return target.flatMap(url -> proxys(context.exception(), url)).orElse(context.exception());
    }

    /** Of the same class as before, as the SDK wants it. */
    private Optional<Throwable> proxys(Throwable failure, URI target) {
        Optional<ProxyServer> server = proxy.to(target);
        if (failure instanceof S3Exception answer) {
            // the SDK takes an answer of the proxy for one of S3
            return server.filter(any -> !isOfS3(answer))
                    .map(any -> ProxyException.answered(answer.statusCode(), any, target))
                    .map(told -> answer.toBuilder()
                            .message(told.getMessage())
                            .cause(told)
                            .build());
        }
        return ProxyException.in(failure, server, target)
                .map(told -> SdkClientException.create(told.getMessage(), told));
    }

    /** S3 gives each answer an id, and says in a body, where there may be one, what is wrong. */
    private static boolean isOfS3(S3Exception answer) {
        boolean saysWhat = answer.awsErrorDetails() != null
                && answer.awsErrorDetails().errorCode() != null
                && !answer.awsErrorDetails().errorCode().isBlank();
        return answer.requestId() != null || saysWhat;
    }
}
