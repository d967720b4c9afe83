-- Serializable, and without deletion vectors (with which Databricks compares rows instead of files), so that of two
-- runs that begin at once one is told that it lost: see begin-run.sql.
CREATE TABLE IF NOT EXISTS ${header.history} (
  run_id STRING NOT NULL COMMENT 'Id of the run, which rows of the other tables name',
  flow STRING NOT NULL COMMENT 'Route that ran, such as import-volume',
  subject STRING NOT NULL COMMENT 'Table, app and dataset that the run works on: one run at a time',
  app_id STRING COMMENT 'Clarifai app',
  dataset_id STRING COMMENT 'Clarifai dataset',
  parameters STRING COMMENT 'JSON: the parameters of the flow, no secrets',
  host STRING COMMENT 'Machine that the run is or was on',
  started_at TIMESTAMP NOT NULL COMMENT 'When it began',
  renewed_at TIMESTAMP NOT NULL COMMENT 'When the run last said that it is alive',
  ended_at TIMESTAMP COMMENT 'When it ended',
  counts STRING COMMENT 'JSON: what was read and what became of it',
  outcome STRING NOT NULL COMMENT 'RUNNING, COMPLETED, FAILED, INTERRUPTED or DIED',
  error STRING COMMENT 'Why it did not complete',
  read_until TIMESTAMP COMMENT 'Changes in Clarifai up to this time are in the tables, if the run completed',
  selection STRING COMMENT 'What of the dataset the run was asked for, so that runs can be compared'
)
USING DELTA
COMMENT 'Runs of databricks-connect, one row each'
TBLPROPERTIES ('databricks-connect.table' = 'runs', 'delta.isolationLevel' = 'Serializable', 'delta.enableDeletionVectors' = 'false')
