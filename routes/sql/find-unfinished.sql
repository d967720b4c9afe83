-- What the tables know of the rows of a page: sent and not finished, imported, or refused by Clarifai
WITH page AS (
  SELECT from_json(value, 'input_id STRING').input_id FROM ${bean:staged?method=part('asked')}
)
SELECT input_id, status = 'PROCESSED' AS known, false AS refused, unix_micros(synced_at) AS claimed_at
FROM ${variable.run.tables.tracking}
WHERE app_id = :?app AND dataset_id = :?dataset AND input_id IN (SELECT input_id FROM page)
  AND (status = 'PROCESSED' OR run_id <> :?runId AND status = 'PENDING' AND status_message LIKE 'Sent to Clarifai%')
UNION ALL
SELECT DISTINCT input_id, false AS known, true AS refused, CAST(NULL AS BIGINT) AS claimed_at
FROM ${variable.run.tables.rejects}
WHERE app_id = :?app AND dataset_id = :?dataset AND status_code IS NOT NULL AND input_id IN (SELECT input_id FROM page)
