package com.clarifai.databricks.flow;

import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.model.UnreadableSourceException;
import com.clarifai.databricks.s3.S3Uri;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.apache.camel.util.AntPathMatcher;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Finds the CSV files that a source names: one object, a folder, a pattern, or a file in a volume. */
public final class CsvFiles {

    private static final String S3_CLIENT = "s3";
    private static final int MOVED = 301;

    /**
     * Pages are fetched as the iterator advances; the first one at once.
     *
     * @param source {@code s3://bucket/key.csv}, {@code s3://bucket/folder/} (its objects that end in .csv), {@code
     *     s3://bucket/2026/*.csv}, {@code /Volumes/...}
     * @throws UnreadableSourceException when there is no such bucket or object, or no permission
     */
    public Iterator<CsvFile> find(CamelContext context, @Header("source") String source) {
        if (source.contains("://") && !S3Uri.isS3(source)) {
            throw new IllegalArgumentException("CSV files are read from s3://bucket/key.csv or"
                    + " /Volumes/catalog/schema/volume/file.csv, not from '" + source
                    + "': a cloud folder can be made an external volume");
        }
        if (!S3Uri.isS3(source)) {
            String path = VolumePath.parse(source).toString();
            return List.of(new CsvFile(path, null, path)).iterator();
        }
        S3Uri uri = S3Uri.parse(source);
        // looked up now: Camel may make the beans of a route file twice, and closes the first ones
        S3Client s3 = context.getRegistry().lookupByNameAndType(S3_CLIENT, S3Client.class);
        try {
            Iterator<CsvFile> files = uri.isFolder() || uri.isPattern() ? list(s3, uri) : one(s3, uri);
            if (!files.hasNext()) {
                throw new UnreadableSourceException(
                        "nothing on S3 matches " + source + (uri.isFolder() ? "*.csv" : ""));
            }
            return files;
        } catch (NoSuchBucketException e) {
            throw new UnreadableSourceException("there is no S3 bucket '" + uri.bucket() + "'");
        } catch (S3Exception e) {
            throw new UnreadableSourceException(problem(source, uri, e));
        }
    }

    private static Iterator<CsvFile> one(S3Client s3, S3Uri uri) {
        s3.headObject(request -> request.bucket(uri.bucket()).key(uri.key()));
        return List.of(file(uri, uri.key())).iterator();
    }

    private static Iterator<CsvFile> list(S3Client s3, S3Uri uri) {
        Stream<String> keys = s3
                .listObjectsV2Paginator(request -> request.bucket(uri.bucket()).prefix(uri.prefix()))
                .contents()
                .stream()
                .map(S3Object::key);
        return keys.filter(
                        key -> uri.isPattern() ? AntPathMatcher.INSTANCE.match(uri.key(), key) : key.endsWith(".csv"))
                .map(key -> file(uri, key))
                .iterator();
    }

    private static CsvFile file(S3Uri uri, String key) {
        return new CsvFile("s3://" + uri.bucket() + "/" + key, uri.bucket(), key);
    }

    private static String problem(String source, S3Uri uri, S3Exception e) {
        if (isOfAnotherRegion(e)) {
            return "S3 answered that " + source + " is in another region than s3.region"
                    + (e.statusCode() == MOVED ? "" : ": " + e.awsErrorDetails().errorMessage())
                    + "; set s3.region to that of the bucket";
        }
        return switch (e.statusCode()) {
            case 404 -> "there is no object " + source + " (or no bucket '" + uri.bucket() + "')";
            case 403 -> "S3 gives no access to " + source + " with these keys (s3.access-key, or the AWS SDK's chain)";
            default ->
                "S3 answered " + e.statusCode() + " for " + source + ": "
                        + e.awsErrorDetails().errorMessage();
        };
    }

    /** The SDK follows a bucket to the region that S3 names; other stores may not name it. */
    private static boolean isOfAnotherRegion(S3Exception e) {
        return e.statusCode() == MOVED
                || "AuthorizationHeaderMalformed".equals(e.awsErrorDetails().errorCode());
    }
}
