MERGE INTO ${header.target} t
USING (
  SELECT DISTINCT from_json(value, 'id STRING', map('mode', 'FAILFAST')).id AS id
  FROM ${bean:staged?method=keys}
) s
ON t.${header.key} = s.id AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN NOT MATCHED BY SOURCE AND t.app_id = :?app AND t.dataset_id = :?dataset AND ${header.forget}
