WITH page AS (
  SELECT from_json(value, 'input_id STRING').input_id FROM ${bean:staged?method=part('asked')}
)
SELECT input_id, false AS refused FROM ${variable.run.tables.tracking}
WHERE app_id = :?app AND dataset_id = :?dataset AND run_id <> :?runId
  AND status = 'PENDING' AND status_message = 'Sent to Clarifai' AND input_id IN (SELECT input_id FROM page)
UNION
SELECT input_id, true AS refused FROM ${variable.run.tables.rejects}
WHERE app_id = :?app AND dataset_id = :?dataset AND status_code IS NOT NULL AND input_id IN (SELECT input_id FROM page)
