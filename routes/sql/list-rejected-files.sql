SELECT source_uri AS source, input_id AS input, status_code AS code, status_message AS reason
FROM ${header.target}
WHERE status = 'REJECTED' AND app_id = :?app AND dataset_id = :?dataset AND startswith(source_uri, :?folder)
ORDER BY source_uri
LIMIT ${header.most} OFFSET ${header.offset}
