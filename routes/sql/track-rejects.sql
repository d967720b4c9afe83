MERGE INTO ${header.rejects} t
USING (
  SELECT row.* FROM (
    SELECT from_json(value, '
      ${bean:columns?method=schema('rejects.rows')},
      status STRING
    ', map('mode', 'FAILFAST')) AS row
    FROM ${bean:staged?method=page('ended')}
  )
) s
ON t.source_uri = s.source_uri AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED AND s.status <> 'REJECTED' THEN DELETE
WHEN MATCHED THEN UPDATE SET
  ${bean:columns?method=set('rejects.rows')}
WHEN NOT MATCHED AND s.status = 'REJECTED' THEN INSERT (
  ${bean:columns?method=names('rejects.rows')}
) VALUES (
  ${bean:columns?method=values('rejects.rows')}
)
