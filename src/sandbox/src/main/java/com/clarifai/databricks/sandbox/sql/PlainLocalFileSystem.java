package com.clarifai.databricks.sandbox.sql;

import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without its {@code .crc} files, which the Files API would list in a volume, and without
 * the {@code chmod} process that it starts for every file where Hadoop's native library is missing.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {

    public PlainLocalFileSystem() {
        super(new UnixModeIgnored());
        setWriteChecksum(false);
        setVerifyChecksum(false);
    }

    private static final class UnixModeIgnored extends RawLocalFileSystem {
        @Override
        public void setPermission(Path path, FsPermission permission) {
            // the process's umask decides
        }
    }
}
