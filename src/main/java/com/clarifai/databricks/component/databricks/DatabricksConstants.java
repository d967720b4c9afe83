package com.clarifai.databricks.component.databricks;

import org.apache.camel.spi.Metadata;

/** Headers of the Databricks component; each one replaces the endpoint's option of the same name. */
public final class DatabricksConstants {

    @Metadata(
            description = "The operation to do, instead of the endpoint's",
            javaType = "com.clarifai.databricks.component.databricks.DatabricksOperations")
    public static final String OPERATION = "CamelDatabricksOperation";

    @Metadata(description = "The catalog, instead of the endpoint's", javaType = "String")
    public static final String CATALOG = "CamelDatabricksCatalog";

    @Metadata(description = "The schema, instead of the endpoint's", javaType = "String")
    public static final String SCHEMA = "CamelDatabricksSchema";

    @Metadata(description = "The volume, instead of the endpoint's", javaType = "String")
    public static final String VOLUME = "CamelDatabricksVolume";

    @Metadata(description = "The table, instead of the endpoint's", javaType = "String")
    public static final String TABLE = "CamelDatabricksTable";

    @Metadata(
            description = "The file or directory, instead of the endpoint's: whole (/Volumes/...) or in the volume",
            javaType = "String")
    public static final String PATH = "CamelDatabricksPath";

    @Metadata(description = "The local file that download writes, instead of the endpoint's", javaType = "String")
    public static final String FILE = "CamelDatabricksFile";

    @Metadata(description = "Set by download when the body is a stream: how many bytes the file has", javaType = "Long")
    public static final String CONTENT_LENGTH = "CamelDatabricksContentLength";

    @Metadata(description = "The SQL warehouse, instead of the endpoint's", javaType = "String")
    public static final String WAREHOUSE_ID = "CamelDatabricksWarehouseId";

    @Metadata(description = "The SQL warehouse by its name, instead of the endpoint's", javaType = "String")
    public static final String WAREHOUSE_NAME = "CamelDatabricksWarehouseName";

    @Metadata(description = "The cluster, instead of the endpoint's", javaType = "String")
    public static final String CLUSTER_ID = "CamelDatabricksClusterId";

    @Metadata(description = "The HTTP path of the compute, instead of the endpoint's", javaType = "String")
    public static final String HTTP_PATH = "CamelDatabricksHttpPath";

    @Metadata(
            description = "Set by ensureCompute: what runs, for a person; of a cluster with its version",
            javaType = "String")
    public static final String COMPUTE = "CamelDatabricksCompute";

    @Metadata(description = "The secret scope, instead of the endpoint's", javaType = "String")
    public static final String SCOPE = "CamelDatabricksScope";

    @Metadata(description = "The key in the secret scope, instead of the endpoint's", javaType = "String")
    public static final String KEY = "CamelDatabricksKey";

    @Metadata(
            description =
                    "Set by openTransfer: the way in which readFiles gets the files, as long as the exchange is under way",
            javaType = "com.clarifai.databricks.transfer.Transfer")
    public static final String TRANSFER = "CamelDatabricksTransfer";

    private DatabricksConstants() {}
}
