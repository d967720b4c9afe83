-- What would become of files that the table knows already: see plan-import.sql
SELECT source_uri, input_id, source_size, unix_micros(source_modified_at) AS source_modified_at,
  if(deleted_at IS NULL, status, NULL) AS status
FROM ${variable.run.tables.tracking}
WHERE app_id = :?app AND dataset_id = :?dataset
  AND source_uri IN (SELECT explode(from_json(:?uris, 'array<string>')))
