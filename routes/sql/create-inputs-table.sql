CREATE TABLE IF NOT EXISTS ${variable.table} (
  ${bean:declared?method=define('inputs')}
)
USING DELTA
COMMENT 'Inputs of Clarifai apps, one row for each input of a dataset'
TBLPROPERTIES ('databricks-connect.table' = 'inputs', 'delta.enableDeletionVectors' = 'true')
