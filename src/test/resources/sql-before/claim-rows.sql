-- The message tells rows that were sent from those that are only planned, or that an export wrote.
MERGE INTO ${header.target} t
USING (
  SELECT row.* FROM (
    SELECT from_json(value, 'input_id STRING, source_uri STRING', map('mode', 'FAILFAST')) AS row
    FROM ${bean:staged?method=page('claimed')}
  )
) s
ON t.input_id = s.input_id AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED AND t.status = 'PENDING' THEN UPDATE SET
  t.status_code = NULL, t.status_message = 'Sent to Clarifai', t.run_id = :?runId, t.synced_at = current_timestamp()
WHEN NOT MATCHED THEN INSERT (input_id, app_id, dataset_id, status, status_message, source_uri, run_id, synced_at)
VALUES (
  s.input_id, :?app, :?dataset, 'PENDING', 'Sent to Clarifai', s.source_uri, :?runId, current_timestamp()
)
