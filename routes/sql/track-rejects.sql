MERGE INTO ${variable.run.tables.rejects} t
USING (
  SELECT row.* FROM (
    SELECT from_json(value, '
      ${bean:declared?method=schema('rejects.rows')},
      status STRING
    ', map('mode', 'FAILFAST')) AS row
    FROM ${bean:staged?method=part('ended')}
  )
) s
ON t.source_uri = s.source_uri AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED AND s.status <> 'REJECTED' THEN DELETE
WHEN MATCHED THEN UPDATE SET
  ${bean:declared?method=set('rejects.rows')}
WHEN NOT MATCHED AND s.status = 'REJECTED' THEN INSERT (
  ${bean:declared?method=names('rejects.rows')}
) VALUES (
  ${bean:declared?method=values('rejects.rows')}
)
