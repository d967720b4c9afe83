MERGE INTO ${variable.forget.table} t
USING (
  SELECT DISTINCT from_json(value, 'id STRING', map('mode', 'FAILFAST')).id AS id
  FROM ${bean:staged?method=keys}
) s
ON t.${variable.forget.key} = s.id AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN NOT MATCHED BY SOURCE AND t.app_id = :?app AND t.dataset_id = :?dataset AND ${variable.forget.rows}
