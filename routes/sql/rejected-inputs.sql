-- Files that the table of inputs has as rejected, of all runs or of one, in the order of their keys
SELECT * FROM (
  SELECT source_uri AS source, input_id AS input, app_id AS app, dataset_id AS dataset, status_code AS code,
    left(status_message, 2000) AS reason, CAST(NULL AS STRING) AS raw, run_id AS run,
    concat_ws(' ', source_uri, app_id, dataset_id) AS position
  FROM ${variable.rejectedIn}
  WHERE status = 'REJECTED' AND (:?wantedRun = '' OR run_id = :?wantedRun)
)
WHERE position > :?after
ORDER BY position
LIMIT ${header.limit}
