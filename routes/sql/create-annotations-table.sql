CREATE TABLE IF NOT EXISTS ${variable.table} (
  ${bean:declared?method=define('annotations')}
)
USING DELTA
COMMENT 'Annotations of the inputs of Clarifai apps, one row for each annotation'
TBLPROPERTIES ('databricks-connect.table' = 'annotations', 'delta.enableDeletionVectors' = 'true')
