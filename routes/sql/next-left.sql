-- What a job on the cluster has left of the files that its run, this or one that was killed, has planned: those that Spark
-- does not read
SELECT input_id, source_uri, source_size, to_json(concepts) AS concepts,
  coalesce(status_message LIKE 'Sent to Clarifai%', false) AS resumed,
  coalesce(status_message = 'Refused by Clarifai before', false) AS refused,
  unix_micros(synced_at) AS claimed_at
FROM ${variable.run.tables.tracking}
WHERE app_id = :?app AND dataset_id = :?dataset AND run_id = :?stagedBy AND status = 'PENDING' AND source_uri IS NOT NULL
  AND input_id > :?after
ORDER BY input_id
LIMIT 1000
