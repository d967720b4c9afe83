package com.clarifai.databricks.sandbox.sql;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Hadoop's local file system without its {@code .crc} files, which the Files API would list in a volume, and without
 * the {@code chmod} process that it starts for every file where Hadoop's native library is missing.
 *
 * <p>It ends at the directories of the sandbox: statements may not read what else is on the machine. On the executors of a job
 * Spark alone reads and writes, see {@link CredentialScope}.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {

    /** The Hadoop setting with the directories, separated by commas. */
    static final String DIRECTORIES = "sandbox.local.directories";

    public PlainLocalFileSystem() {
        super(new FencedFileSystem());
        setWriteChecksum(false);
        setVerifyChecksum(false);
    }

    private static final class FencedFileSystem extends RawLocalFileSystem {

        @Override
        public File pathToFile(org.apache.hadoop.fs.Path path) {
            File file = super.pathToFile(path);
            Path real = file.toPath().toAbsolutePath().normalize();
            // what is above them is asked for when directories are made
            if (directories().stream().noneMatch(own -> real.startsWith(own) || own.startsWith(real))) {
                throw WorkspaceException.noAnyFile();
            }
            return file;
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
            CredentialScope.require();
            return super.open(path, bufferSize);
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress)
                throws IOException {
            CredentialScope.require();
            return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
        }

        private List<Path> directories() {
            return Stream.of(getConf().getTrimmedStrings(DIRECTORIES))
                    .map(Path::of)
                    .toList();
        }

        @Override
        public void setPermission(org.apache.hadoop.fs.Path path, FsPermission permission) {
            // the process's umask decides
        }
    }
}
