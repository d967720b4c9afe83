package com.clarifai.databricks.component.databricks;

/** What an endpoint does; the names are those of the URI. */
public enum DatabricksOperations {
    files,
    getCurrentUser,
    listCatalogs,
    listSchemas,
    listVolumes,
    listTables,
    getCatalog,
    getSchema,
    getVolume,
    getTable,
    createVolume,
    listFiles,
    findFile,
    openTransfer,
    readFiles,
    download,
    upload,
    delete,
    deleteDirectory,
    mkdir,
    getSecret,
    listWarehouses,
    getWarehouse,
    listClusters,
    ensureCompute,
    probe
}
