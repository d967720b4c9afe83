package com.clarifai.databricks.s3;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What S3 has against a request, by its <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList">error codes</a>.
 *
 * @param about the setting to change, or {@link #PLACE}
 * @param message what is wrong and what to do about it, with settings by their names
 */
public record S3Refusal(String about, String message) {

    /** It is the bucket or folder that is wrong, or not allowed; the keys are those of somebody. */
    public static final String PLACE = "place";

    private static final String ACCESS_KEY = "s3.access-key";
    private static final String SECRET_KEY = "s3.secret-key";
    private static final String SESSION_TOKEN = "s3.session-token";
    private static final String REGION = "s3.region";
    private static final String ENDPOINT = "s3.endpoint";

    private static final int MOVED = 301;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** @param place {@code s3://bucket/folder/}, or {@code s3://} for all buckets */
    public static S3Refusal of(SdkException problem, String place) {
        if (problem instanceof S3Exception answer) {
            return of(answer, place);
        }
        String told = problem instanceof SdkClientException && problem.getMessage() != null ? problem.getMessage() : "";
        if (lacksKeys(problem)) {
            return new S3Refusal(ACCESS_KEY, "S3 needs keys: enter " + ACCESS_KEY + " and " + SECRET_KEY);
        }
        return new S3Refusal(ENDPOINT, "S3 cannot be reached: " + told + "; check " + ENDPOINT + " and " + REGION);
    }

    /** Whether neither the settings nor anything that the SDK looks at has keys. Its message names all of that, at length. */
    public static boolean lacksKeys(Throwable problem) {
        return problem instanceof SdkClientException
                && String.valueOf(problem.getMessage()).startsWith("Unable to load credentials");
    }

    private static S3Refusal of(S3Exception answer, String place) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        return switch (code) {
            case "InvalidAccessKeyId" ->
                new S3Refusal(ACCESS_KEY, "S3 knows no such access key; temporary keys need their session token, too");
            case "SignatureDoesNotMatch" ->
                new S3Refusal(SECRET_KEY, "this is not the secret key that belongs to the access key");
            case "ExpiredToken", "TokenRefreshRequired" ->
                new S3Refusal(SESSION_TOKEN, "the session token has expired: get new keys");
            case "InvalidToken" -> new S3Refusal(SESSION_TOKEN, "the session token does not belong to these keys");
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                new S3Refusal(REGION, "the bucket is in another region: " + said(answer));
            case "NoSuchBucket" -> new S3Refusal(PLACE, "there is no such bucket: " + place);
            default -> byStatus(answer, place);
        };
    }

    private static S3Refusal byStatus(S3Exception answer, String place) {
        return switch (answer.statusCode()) {
            case MOVED -> new S3Refusal(REGION, "the bucket is in another region: " + said(answer));
            case NOT_FOUND -> new S3Refusal(PLACE, "there is no such bucket: " + place);
            case FORBIDDEN ->
                new S3Refusal(
                        PLACE,
                        place.endsWith("://")
                                ? "these keys may not list the buckets of their account: name one, as s3://bucket/"
                                : "these keys may not list " + place + " (s3:ListBucket)");
            default ->
                new S3Refusal(PLACE, "S3 answered " + answer.statusCode() + " for " + place + ": " + said(answer));
        };
    }

    private static String said(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorMessage() == null ? answer.getMessage() : details.errorMessage();
    }
}
