package com.clarifai.databricks.sandbox.sql;

import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FilterFileSystem;

/** File systems in which the workspace has no external location. */
public final class ForeignFileSystem extends FilterFileSystem {

    static final List<String> SCHEMES =
            List.of("abfs", "abfss", "adl", "ftp", "gs", "hdfs", "http", "https", "wasb", "wasbs", "webhdfs");

    /** @throws WorkspaceException NO_PARENT_EXTERNAL_LOCATION_FOR_PATH */
    @Override
    public void initialize(URI name, Configuration configuration) {
        throw WorkspaceException.noExternalLocation(name.toString());
    }
}
