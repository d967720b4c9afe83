MERGE INTO ${variable.run.tables.tracking} t
USING (
  SELECT * FROM (
    SELECT input.*, row_number() OVER (PARTITION BY input.input_id ORDER BY input.status = 'REJECTED') AS place FROM (
      SELECT from_json(value, '
        ${bean:declared?method=schema('inputs.rows')}
      ', map('mode', 'FAILFAST')) AS input
      FROM ${bean:staged?method=part('ended')}
    )
  ) WHERE place = 1
) s
ON t.input_id = s.input_id AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED AND s.status = 'REJECTED' AND t.status = 'PENDING' THEN DELETE
WHEN MATCHED AND s.status <> 'REJECTED' THEN UPDATE SET
  ${bean:declared?method=set('inputs.rows')}
WHEN NOT MATCHED AND s.status <> 'REJECTED' THEN INSERT (
  ${bean:declared?method=names('inputs.rows')}
) VALUES (
  ${bean:declared?method=values('inputs.rows')}
)
