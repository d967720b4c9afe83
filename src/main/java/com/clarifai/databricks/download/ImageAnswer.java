package com.clarifai.databricks.download;

import static com.clarifai.databricks.download.ImageAddress.printable;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.http.RetryAfter;
import com.clarifai.databricks.model.ImageFormat;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;

/** What a server has answered, and whether that is the whole image. */
final class ImageAnswer {

    private ImageAnswer() {}

    /** @param atDataHost whether Clarifai's data host has answered, which was given the token */
    static void requireOk(HttpResponse<?> answer, boolean atDataHost) {
        int status = answer.statusCode();
        if (status == 200) {
            return;
        }
        String what = printable(answer.uri()) + ": " + status;
        boolean passing = status == 408 || status == 429 || status >= 500;
        if (passing) {
            throw ImageDownloadException.passing(
                    status == 429 ? Kind.THROTTLED : Kind.INTERNAL,
                    what,
                    answer.headers()
                            .firstValue(RetryAfter.HEADER)
                            .flatMap(value -> RetryAfter.parse(value, Instant.now()))
                            .orElse(null),
                    null);
        }
        throw switch (status) {
            case 401 ->
                ImageDownloadException.lasting(
                        Kind.UNAUTHENTICATED,
                        what + (atDataHost ? ", the Clarifai token is refused" : ", login needed"));
            case 403 -> ImageDownloadException.lasting(Kind.PERMISSION_DENIED, what + ", access denied");
            case 404, 410 ->
                ImageDownloadException.lasting(
                        Kind.NOT_FOUND,
                        what + (atDataHost ? ", not there or not for the owner of this token" : ", not there"));
            default -> ImageDownloadException.lasting(Kind.INVALID, what + " instead of 200");
        };
    }

    /** The HTTP client fails when less than the announced bytes arrive; without an announcement nobody can tell. */
    static void requireWhole(HttpResponse<byte[]> answer) {
        HttpHeaders headers = answer.headers();
        boolean chunked = headers.firstValue("Transfer-Encoding").isPresent();
        long announced = headers.firstValueAsLong("Content-Length").orElse(-1);
        if (!chunked && announced < 0) {
            throw ImageDownloadException.lasting(
                    Kind.INVALID,
                    printable(answer.uri()) + ": the answer does not say how long it is, so it may have been cut off");
        }
        if (!chunked && announced != answer.body().length) {
            throw ImageDownloadException.passing(
                    Kind.UNREACHABLE,
                    printable(answer.uri()) + ": " + answer.body().length + " of " + announced + " bytes arrived",
                    null,
                    null);
        }
    }

    /** @param announced the format that it must have; null for any */
    static void requireImage(HttpResponse<byte[]> answer, ImageFormat announced) {
        byte[] bytes = answer.body();
        Optional<ImageFormat> format = ImageFormat.of(bytes);
        if (format.isEmpty()) {
            String kind = bytes.length == 0 ? "empty" : bytes[0] == '<' ? "a web page" : "in no known image format";
            throw ImageDownloadException.lasting(Kind.INVALID, printable(answer.uri()) + " is " + kind);
        }
        if (announced != null && announced != format.get()) {
            throw ImageDownloadException.lasting(
                    Kind.INVALID,
                    printable(answer.uri()) + " is " + format.get() + " where Clarifai announced " + announced);
        }
    }
}
