SELECT input_id, source_uri, source_size, to_json(concepts) AS concepts,
  coalesce(status_message = 'Sent to Clarifai', false) AS resumed,
  coalesce(status_message = 'Refused by Clarifai before', false) AS refused
FROM ${header.target}
WHERE app_id = :?app AND dataset_id = :?dataset AND run_id = :?runId AND status = 'PENDING' AND input_id > :?after
ORDER BY input_id
LIMIT ${properties:import.page-size}
