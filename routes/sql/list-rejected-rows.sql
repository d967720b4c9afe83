SELECT source_uri AS source, input_id AS input, status_code AS code, status_message AS reason
FROM ${header.rejects}
WHERE run_id = :?runId AND app_id = :?app AND dataset_id = :?dataset
ORDER BY source_uri
LIMIT ${header.most} OFFSET ${header.offset}
