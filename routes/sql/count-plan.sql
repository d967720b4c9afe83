SELECT
  count_if(t.status = 'PENDING') AS pending,
  count_if(t.status = 'PROCESSED') AS existing,
  count_if(t.status = 'REJECTED') AS rejected,
  unix_micros(current_timestamp()) AS planned_at
FROM ${variable.run.tables.tracking} t
WHERE t.app_id = :?app AND t.dataset_id = :?dataset AND t.source_uri IN (
  SELECT from_json(value, 'source_uri STRING').source_uri FROM ${bean:staged?method=part('found')}
)
