MERGE INTO ${header.target} t
USING (
  SELECT row.* FROM (
    SELECT from_json(value, 'input_id STRING, source_uri STRING', map('mode', 'FAILFAST')) AS row
    FROM ${bean:staged?method=page('claimed')}
  )
) s
ON t.input_id = s.input_id AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN NOT MATCHED THEN INSERT (input_id, app_id, dataset_id, status, source_uri, run_id, synced_at)
VALUES (s.input_id, :?app, :?dataset, 'PENDING', s.source_uri, :?runId, current_timestamp())
