CREATE TABLE IF NOT EXISTS ${header.target} (
  ${bean:declared?method=define('inputs')}
)
USING DELTA
COMMENT 'Inputs of Clarifai apps, one row for each input of a dataset'
TBLPROPERTIES ('databricks-connect.table' = 'inputs', 'delta.enableDeletionVectors' = 'true')
