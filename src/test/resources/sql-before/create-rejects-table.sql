CREATE TABLE IF NOT EXISTS ${header.rejects} (
  source_uri STRING COMMENT 'File and line, or table and row, that was rejected',
  input_id STRING COMMENT 'Id that the row asked for',
  app_id STRING COMMENT 'Clarifai app',
  dataset_id STRING COMMENT 'Clarifai dataset',
  status_code INT COMMENT 'Clarifai status code, when Clarifai refused it',
  status_message STRING COMMENT 'Why the row was rejected',
  raw STRING COMMENT 'JSON: the row as it was read',
  run_id STRING COMMENT 'Run that rejected the row',
  synced_at TIMESTAMP COMMENT 'When it was rejected'
)
USING DELTA
COMMENT 'Rows that could not be imported; a row leaves this table when a later run imports it'
TBLPROPERTIES ('databricks-connect.table' = 'rejects')
