MERGE INTO ${header.rejects} t
USING (
  SELECT row.* FROM (
    SELECT from_json(value, '
      source_uri STRING, input_id STRING, status STRING, status_code INT, status_message STRING, raw STRING
    ', map('mode', 'FAILFAST')) AS row
    FROM ${bean:staged?method=page('ended')}
  )
) s
ON t.source_uri = s.source_uri AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED AND s.status <> 'REJECTED' THEN DELETE
WHEN MATCHED THEN UPDATE SET
  t.input_id = s.input_id, t.status_code = s.status_code, t.status_message = s.status_message, t.raw = s.raw,
  t.run_id = :?runId, t.synced_at = current_timestamp()
WHEN NOT MATCHED AND s.status = 'REJECTED' THEN INSERT (
  source_uri, input_id, app_id, dataset_id, status_code, status_message, raw, run_id, synced_at
) VALUES (
  s.source_uri, s.input_id, :?app, :?dataset, s.status_code, s.status_message, s.raw, :?runId, current_timestamp()
)
