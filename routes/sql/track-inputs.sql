MERGE INTO ${variable.run.tables.tracking} t
USING (
  SELECT input.* FROM (
    SELECT from_json(value, '
      ${bean:declared?method=schema('inputs.settle')},
      unread BOOLEAN
    ', map('mode', 'FAILFAST')) AS input
    FROM ${bean:staged?method=part('ended')}
  )
) s
ON t.input_id = s.input_id AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED THEN UPDATE SET
  ${bean:declared?method=set('inputs.settle')},
  -- so that the next run finds it changed
  t.source_modified_at = CASE WHEN s.unread THEN NULL ELSE t.source_modified_at END
