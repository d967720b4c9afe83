CREATE TABLE IF NOT EXISTS ${variable.table} (
  ${bean:declared?method=define('rejects')}
)
USING DELTA
COMMENT 'Rows that could not be imported; a row leaves this table when a later run imports it'
TBLPROPERTIES ('databricks-connect.table' = 'rejects')
