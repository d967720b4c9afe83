-- Only the columns that an import takes; of a row that is too long only what identifies it.
CREATE OR REPLACE TABLE ${header.copy} USING DELTA AS
SELECT n, octet_length(row) AS bytes,
  if(octet_length(row) > ${properties:import.max-row-bytes}, identity, row) AS row
FROM (
  SELECT monotonically_increasing_id() AS n, ${header.taken} AS row, ${header.identity} AS identity
  FROM ${header.from}
)
