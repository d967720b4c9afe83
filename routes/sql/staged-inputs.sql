SELECT
  ${bean:declared?method=select('inputs.export')}
FROM (
  -- a list that changed while it was read may have given an input twice
  SELECT *, row_number() OVER (PARTITION BY input_id ORDER BY input_modified_at DESC) AS place FROM (
    SELECT input.* FROM (
      SELECT from_json(value, '
        ${bean:declared?method=schema('inputs.export')}
      ', map('mode', 'FAILFAST')) AS input
      FROM ${bean:staged?method=all('inputs')}
    )
  )
) s WHERE place = 1
