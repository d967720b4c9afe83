CREATE OR REPLACE TABLE ${variable.write.table} USING DELTA
TBLPROPERTIES ('databricks-connect.table' = '${variable.write.kind}', 'delta.enableDeletionVectors' = 'true')
AS SELECT * FROM ${variable.write.beside}
