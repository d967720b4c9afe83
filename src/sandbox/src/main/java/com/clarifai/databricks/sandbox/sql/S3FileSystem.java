package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.s3.Buckets;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * {@code s3://} and {@code s3a://} for Spark: the directories that the S3 stand-in serves, each bucket as if it were an
 * external location of Unity Catalog, which is why Spark needs no access key here.
 *
 * <p>Unlike S3, it has directories and renames at once, and what Spark does is no call of the stand-in: it is not counted
 * and meets no fault.
 */
public final class S3FileSystem extends RawLocalFileSystem {

    /** The Hadoop setting that names the directory with the buckets. */
    static final String DIRECTORY = "sandbox.s3.directory";

    private URI uri;
    private File bucket;

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        uri = URI.create(name.getScheme() + "://" + name.getAuthority());
        bucket = new File(configuration.get(DIRECTORY), name.getAuthority());
        super.initialize(name, configuration);
        setWorkingDirectory(new Path("/"));
    }

    @Override
    public URI getUri() {
        return uri;
    }

    /** Asked for before there is a URI that the local working directory could be qualified with. */
    @Override
    protected Path getInitialWorkingDirectory() {
        return null;
    }

    /**
     * @throws WorkspaceException NO_PARENT_EXTERNAL_LOCATION_FOR_PATH if there is no such bucket, UNAUTHORIZED_ACCESS if
     *     it is not for everybody
     */
    @Override
    public File pathToFile(Path path) {
        if (!bucket.isDirectory()) {
            throw WorkspaceException.noExternalLocation(path.toString());
        }
        if (bucket.getName().equals(Buckets.PRIVATE)) {
            throw WorkspaceException.mayNotRead(bucket.getName());
        }
        return new File(bucket, super.pathToFile(path).getPath());
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        File file = pathToFile(path);
        if (!file.exists()) {
            throw new FileNotFoundException("No such file or directory: " + path);
        }
        return new FileStatus(
                file.length(),
                file.isDirectory(),
                1,
                getDefaultBlockSize(path),
                file.lastModified(),
                makeQualified(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return pathToFile(path).isFile() ? new FileStatus[] {getFileStatus(path)} : super.listStatus(path);
    }

    @Override
    public void setPermission(Path path, FsPermission permission) {
        // the process's umask decides
    }
}
