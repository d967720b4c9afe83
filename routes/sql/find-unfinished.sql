SELECT input_id FROM ${header.target}
WHERE app_id = :?app AND dataset_id = :?dataset AND status = 'PENDING' AND run_id <> :?runId AND input_id IN (
  SELECT from_json(value, 'input_id STRING').input_id FROM ${bean:staged?method=page('claimed')}
)
