-- Serializable, and without deletion vectors (with which Databricks compares rows instead of files), so that of two
-- runs that begin at once one is told that it lost: see begin-run.sql.
CREATE TABLE IF NOT EXISTS ${variable.table} (
  ${bean:declared?method=define('runs')}
)
USING DELTA
COMMENT 'Runs of databricks-connect, one row each'
TBLPROPERTIES ('databricks-connect.table' = 'runs', 'delta.isolationLevel' = 'Serializable', 'delta.enableDeletionVectors' = 'false')
