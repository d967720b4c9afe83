-- Only the columns that an import takes; of a row that is too long only what identifies it.
CREATE OR REPLACE TABLE ${variable.run.copy.table} USING DELTA AS
SELECT n, octet_length(row) AS bytes,
  if(octet_length(row) > ${properties:import.max-row-bytes}, identity, row) AS row
FROM (
  SELECT monotonically_increasing_id() AS n, ${variable.run.copy.taken} AS row, ${variable.run.copy.identity} AS identity
  FROM ${variable.run.copy.from}
)
