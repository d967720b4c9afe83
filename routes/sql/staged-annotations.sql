SELECT
  ${bean:declared?method=select('annotations.export')}
FROM (
  -- a list that changed while it was read may have given an annotation twice
  SELECT *, row_number() OVER (PARTITION BY annotation_id ORDER BY annotation_modified_at DESC) AS place FROM (
    SELECT annotation.* FROM (
      SELECT from_json(value, '
        ${bean:declared?method=schema('annotations.export')}
      ', map('mode', 'FAILFAST')) AS annotation
      FROM ${bean:staged?method=all('annotations')}
    )
  )
) s WHERE place = 1
