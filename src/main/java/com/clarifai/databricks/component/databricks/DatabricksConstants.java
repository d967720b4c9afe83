package com.clarifai.databricks.component.databricks;

import org.apache.camel.spi.Metadata;

/** Headers of the Databricks component; each one replaces the endpoint's option of the same name. */
public final class DatabricksConstants {

    @Metadata(
            label = "producer",
            description = "What to do, instead of the operation in the URI.",
            javaType = "com.clarifai.databricks.component.databricks.DatabricksOperations")
    public static final String OPERATION = "CamelDatabricksOperation";

    @Metadata(label = "producer", description = "The catalog, instead of the option catalog.", javaType = "String")
    public static final String CATALOG = "CamelDatabricksCatalog";

    @Metadata(label = "producer", description = "The schema, instead of the option schema.", javaType = "String")
    public static final String SCHEMA = "CamelDatabricksSchema";

    @Metadata(label = "producer", description = "The volume, instead of the option volume.", javaType = "String")
    public static final String VOLUME = "CamelDatabricksVolume";

    @Metadata(label = "producer", description = "The table, instead of the option table.", javaType = "String")
    public static final String TABLE = "CamelDatabricksTable";

    @Metadata(
            label = "common",
            description =
                    "The file or directory, instead of the option path: whole (/Volumes/...) or in the volume. Set by files, as whole.",
            javaType = "String")
    public static final String PATH = "CamelDatabricksPath";

    @Metadata(
            label = "producer",
            description = "The local file that download writes, instead of the option file.",
            javaType = "String")
    public static final String FILE = "CamelDatabricksFile";

    @Metadata(
            label = "producer",
            description = "Set by download when the body is a stream: how many bytes the file has.",
            javaType = "Long")
    public static final String CONTENT_LENGTH = "CamelDatabricksContentLength";

    @Metadata(
            label = "producer",
            description = "The SQL warehouse, instead of the option warehouseId.",
            javaType = "String")
    public static final String WAREHOUSE_ID = "CamelDatabricksWarehouseId";

    @Metadata(
            label = "producer",
            description = "The SQL warehouse by its name, instead of the option warehouseName.",
            javaType = "String")
    public static final String WAREHOUSE_NAME = "CamelDatabricksWarehouseName";

    @Metadata(label = "producer", description = "The cluster, instead of the option clusterId.", javaType = "String")
    public static final String CLUSTER_ID = "CamelDatabricksClusterId";

    @Metadata(
            label = "producer",
            description = "The HTTP path of the compute, instead of the option httpPath.",
            javaType = "String")
    public static final String HTTP_PATH = "CamelDatabricksHttpPath";

    @Metadata(
            label = "producer",
            description = "Set by ensureCompute: what runs, for a person; of a cluster with its version.",
            javaType = "String")
    public static final String COMPUTE = "CamelDatabricksCompute";

    @Metadata(label = "producer", description = "The secret scope, instead of the option scope.", javaType = "String")
    public static final String SCOPE = "CamelDatabricksScope";

    @Metadata(
            label = "producer",
            description = "The key in the secret scope, instead of the option key.",
            javaType = "String")
    public static final String KEY = "CamelDatabricksKey";

    @Metadata(
            label = "producer",
            description =
                    "Set by openTransfer: the way in which readFiles gets the files, as long as the exchange is under way.",
            javaType = "com.clarifai.databricks.transfer.Transfer")
    public static final String OPENED_TRANSFER = "CamelDatabricksOpenedTransfer";

    @Metadata(
            label = "producer",
            description =
                    "The run of a job that awaitRun and cancelRun mean, instead of the option runId. Set by submitRun.",
            javaType = "Long")
    public static final String RUN_ID = "CamelDatabricksRunId";

    @Metadata(label = "producer", description = "Set by awaitRun: SUCCESS, or CANCELED.", javaType = "String")
    public static final String RUN_RESULT = "CamelDatabricksRunResult";

    private DatabricksConstants() {}
}
