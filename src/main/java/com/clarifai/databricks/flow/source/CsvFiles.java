package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.csv.CsvReader;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.model.EmptySourceException;
import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.model.UnreadableSourceException;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.s3.S3Uri;
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds the CSV files that a source names, on S3 or in a volume: one file, a folder or a pattern; and settles what
 * becomes of those that cannot be read.
 */
public final class CsvFiles {

    private static final String S3_CLIENT = "s3";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int MOVED = 301;

    /**
     * Files on S3, or on this machine.
     *
     * @throws UnreadableSourceException as {@link #onS3} and {@link LocalFiles#csv}
     */
    public PeekingIterator<CsvFile> outsideVolumes(
            CamelContext context, @Variable(Run.VARIABLE) Run run, @Header("source") String source) {
        return source.startsWith(LocalPath.PREFIX) ? LocalFiles.csv(run, source) : onS3(context, run, source);
    }

    /**
     * Files on S3. Pages are fetched as the iterator advances; the first one at once.
     *
     * @param run null where nothing is imported
     * @param source {@code s3://bucket/key.csv}, {@code s3://bucket/folder/}, {@code s3://bucket/2026/*.csv}
     * @throws UnreadableSourceException when there is no such bucket or object, or no permission
     */
    public PeekingIterator<CsvFile> onS3(
            CamelContext context, @Variable(Run.VARIABLE) Run run, @Header("source") String source) {
        S3Uri uri = S3Uri.parse(source);
        // looked up now: Camel may make the beans of a route file twice, and closes the first ones
        S3Client s3 = context.getRegistry().lookupByNameAndType(S3_CLIENT, S3Client.class);
        try {
            CsvFile one = uri.isFolder() ? null : one(s3, uri);
            return one != null ? single(one) : some(list(s3, uri, run), run, source);
        } catch (NoSuchBucketException e) {
            throw new UnreadableSourceException("there is no S3 bucket '" + uri.bucket() + "'");
        } catch (S3Exception e) {
            if (ProxyException.behind(e).isPresent()) {
                throw e;
            }
            throw new UnreadableSourceException(problem(source, uri, e));
        }
    }

    /** Null when it is a pattern, and no name of an object as well. */
    private static CsvFile one(S3Client s3, S3Uri uri) {
        try {
            HeadObjectResponse found =
                    s3.headObject(request -> request.bucket(uri.bucket()).key(uri.key()));
            return new CsvFile(name(uri, uri.key()), uri.bucket(), uri.key(), size(found), false);
        } catch (S3Exception e) {
            // without the right to list, S3 says 403 of what is not there
            if (uri.isPattern() && (e.statusCode() == NOT_FOUND || e.statusCode() == FORBIDDEN)) {
                return null;
            }
            throw e;
        }
    }

    private static long size(HeadObjectResponse found) {
        return found.contentLength() == null ? -1 : found.contentLength();
    }

    private static Iterator<CsvFile> list(S3Client s3, S3Uri uri, Run run) {
        CsvFolder folder = new CsvFolder(uri.key(), run);
        Iterator<S3Object> objects = s3.listObjectsV2Paginator(
                        request -> request.bucket(uri.bucket()).prefix(uri.prefix()))
                .contents()
                .iterator();
        return Iterators.transform(
                Iterators.filter(objects, object -> folder.takes(object.key())),
                object -> new CsvFile(name(uri, object.key()), uri.bucket(), object.key(), object.size(), true));
    }

    private static String name(S3Uri uri, String key) {
        return "s3://" + uri.bucket() + "/" + key;
    }

    private static String problem(String source, S3Uri uri, S3Exception e) {
        if (isOfAnotherRegion(e)) {
            return "S3 answered that " + source + " is in another region than s3.region"
                    + (e.statusCode() == MOVED ? "" : ": " + e.awsErrorDetails().errorMessage())
                    + "; set s3.region to that of the bucket";
        }
        return switch (e.statusCode()) {
            case NOT_FOUND ->
                "there is no object " + source + " (or no bucket '" + uri.bucket() + "'); a folder ends in a slash";
            case FORBIDDEN ->
                "S3 gives no access to " + source + " with these keys (s3.access-key, or the AWS SDK's chain)";
            default -> "S3 answered " + e.statusCode() + " for " + source + ": " + said(e);
        };
    }

    private static String said(S3Exception e) {
        return e.awsErrorDetails() == null
                ? e.getMessage()
                : e.awsErrorDetails().errorMessage();
    }

    /** The one file that a source names; none for the files of a folder, each of which is settled by itself. */
    public List<CsvFile> alone(@Variable("files") PeekingIterator<CsvFile> files) {
        return files.hasNext() && !files.peek().listed() ? List.of(files.peek()) : List.of();
    }

    /** The folder of a volume that a source lies in: all before the first name with a wildcard. */
    public String folderOf(@Header("source") String source) {
        return new VolumeSource(source).folder();
    }

    /** Whether a source in a volume is a folder or a pattern, when it is no file. */
    public boolean isFolder(@Header("source") String source) {
        return new VolumeSource(source).isMany();
    }

    /**
     * One file of a volume.
     *
     * @param found null when it is not there
     * @throws UnreadableSourceException when it is not there
     */
    public PeekingIterator<CsvFile> oneInVolume(@Body VolumeFile found, @Header("source") String source) {
        String path = VolumePath.parse(source).toString();
        if (found == null) {
            throw new UnreadableSourceException("there is no file " + path + "; a folder ends in a slash");
        }
        return single(new CsvFile(path, null, path, found.size(), false));
    }

    /** Those below a folder of a volume that the source means. */
    public PeekingIterator<CsvFile> inVolume(
            @Body Iterator<VolumeFile> files, @Variable(Run.VARIABLE) Run run, @Header("source") String source) {
        CsvFolder folder = new CsvFolder(new VolumeSource(source).path(), run);
        Iterator<CsvFile> found = Iterators.transform(
                Iterators.filter(files, folder::takes),
                file -> new CsvFile(file.path(), null, file.path(), file.size(), true));
        return some(found, run, source);
    }

    static PeekingIterator<CsvFile> single(CsvFile file) {
        return Iterators.peekingIterator(List.of(file).iterator());
    }

    /** Looks for the first one now, so that a folder that cannot be read is noticed before anything is made. */
    static PeekingIterator<CsvFile> some(Iterator<CsvFile> files, Run run, String source) {
        if (!files.hasNext() && (run == null || run.get(Count.FILES_SKIPPED) == 0)) {
            throw new UnreadableSourceException("nothing matches " + source);
        }
        return Iterators.peekingIterator(files);
    }

    /**
     * What becomes of a file that could not be opened: one rejected row, where others go on without it.
     *
     * @throws Exception the problem itself, when it is not one of this file alone
     */
    public Iterator<Map<String, Object>> refused(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception problem,
            @Variable("file") CsvFile file,
            @Variable(Run.VARIABLE) Run run)
            throws Exception {
        String reason = reason(problem, file);
        if (reason == null) {
            throw problem;
        }
        if (!file.listed()) {
            throw problem instanceof IncompleteSourceException
                    ? new IncompleteSourceException(file.uri() + " " + problem.getMessage())
                    : problem;
        }
        if (problem instanceof EmptySourceException && !isEmptied(problem, file)) {
            run.notes().leftOut("empty", file.uri());
            run.add(Count.FILES_SKIPPED, 1);
            return Collections.emptyIterator();
        }
        if (problem instanceof IncompleteSourceException) {
            run.notes().incomplete(file.uri() + " " + problem.getMessage());
        }
        run.add(Count.FILES_REJECTED, 1);
        run.notes().warn("cannot be read: " + reason, file.uri());
        return List.of(ImportRows.refusedFile(file.uri(), reason)).iterator();
    }

    /** Blank lines, or nothing in a compressed file, are as empty as no bytes; a file that had some has lost them. */
    private static boolean isEmptied(Exception problem, CsvFile file) {
        return problem instanceof EmptySourceException empty && empty.bytes() == 0 && file.size() > 0;
    }

    /** Null when all files are concerned. */
    private static String reason(Exception problem, CsvFile file) {
        if (isEmptied(problem, file)) {
            return "it had " + file.size() + " bytes when it was listed, and is empty now";
        }
        if (problem instanceof UnreadableSourceException) {
            return problem.getMessage();
        }
        if (problem instanceof IncompleteSourceException) {
            return "it " + problem.getMessage();
        }
        if (ProxyException.behind(problem).isPresent()) {
            return null;
        }
        if (problem instanceof S3Exception e
                && e.statusCode() / 100 == 4
                && e.statusCode() != 401
                && e.statusCode() != 429) {
            return e.statusCode() == NOT_FOUND
                    ? "it is gone since it was listed"
                    : "S3 answered " + e.statusCode() + ": " + said(e);
        }
        if (problem instanceof DatabricksException e) {
            return switch (e.kind()) {
                case NOT_FOUND -> "it is gone since it was listed";
                case PERMISSION_DENIED, INVALID -> Objects.toString(e.getMessage());
                default -> null;
            };
        }
        return problem instanceof IllegalArgumentException && !isPath(file.key()) ? problem.getMessage() : null;
    }

    private static boolean isPath(String path) {
        try {
            VolumePath.parse(path);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether rows of the file that an earlier run rejected may be left, though all of it has been read now. */
    public boolean leavesOldRejects(@Variable(Run.VARIABLE) Run run, @Variable("csv") CsvReader csv) {
        return run.hadRejects() && csv != null && csv.isWhole();
    }

    /**
     * Ends the reading of all files.
     *
     * @throws IncompleteSourceException when rows of a file are missing
     * @throws UnreadableSourceException when there were files, and none could be read
     */
    public void settle(@Variable(Run.VARIABLE) Run run) {
        String incomplete = run.notes().incomplete();
        if (incomplete != null) {
            throw new IncompleteSourceException(
                    incomplete + "; what was read is imported, run it again with the whole file");
        }
        long rejected = run.get(Count.FILES_REJECTED);
        if (rejected > 0 && run.get(Count.FILES) == 0) {
            List<String> lines = run.notes().lines();
            throw new UnreadableSourceException(
                    "none of the " + rejected + " files could be read; " + lines.get(lines.size() - 1));
        }
    }

    /** The SDK follows a bucket to the region that S3 names; other stores may not name it. */
    private static boolean isOfAnotherRegion(S3Exception e) {
        return e.statusCode() == MOVED
                || e.awsErrorDetails() != null
                        && "AuthorizationHeaderMalformed"
                                .equals(e.awsErrorDetails().errorCode());
    }
}
