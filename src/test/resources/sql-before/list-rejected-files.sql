SELECT source_uri AS source, input_id AS input, status_code AS code, left(status_message, 2000) AS reason
FROM ${header.target}
WHERE status = 'REJECTED' AND app_id = :?app AND dataset_id = :?dataset AND startswith(source_uri, :?folder)
  AND source_uri > :?after
ORDER BY source_uri
LIMIT ${header.most} OFFSET ${header.offset}
