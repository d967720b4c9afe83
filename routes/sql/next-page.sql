SELECT input_id, source_uri, source_size, to_json(concepts) AS concepts
FROM ${header.target}
WHERE app_id = :?app AND dataset_id = :?dataset AND run_id = :?runId AND status = 'PENDING' AND input_id > :?after
ORDER BY input_id
LIMIT {{import.page-size}}
