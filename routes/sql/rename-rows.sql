-- A file leaves the id that was planned for it: the row of that id goes, unless it tells of somebody else's input, and one
-- of the new id comes, which is about to be sent. Run twice, it finds nothing to do.
MERGE INTO ${variable.run.tables.tracking} t
USING (
  SELECT planned_id, renamed.input_id, ${bean:declared?method=of('inputs.plan - status - status_message', 'p')},
    explode(array(true, false)) AS leaves
  FROM (
    SELECT row.* FROM (
      SELECT from_json(value, 'planned_id STRING, input_id STRING, source_uri STRING', map('mode', 'FAILFAST')) AS row
      FROM ${bean:staged?method=part('renamed')}
    )
  ) renamed
  JOIN ${variable.run.tables.tracking} p ON p.input_id = planned_id AND p.app_id = :?app AND p.dataset_id = :?dataset
    AND p.source_uri = renamed.source_uri
) s
ON t.input_id = if(s.leaves, s.planned_id, s.input_id) AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED AND s.leaves AND t.input_created_at IS NULL THEN DELETE
WHEN MATCHED AND s.leaves THEN UPDATE SET
  t.source_uri = NULL, t.source_size = NULL, t.source_modified_at = NULL, t.status = 'PROCESSED', t.status_message = NULL
WHEN MATCHED THEN UPDATE SET
  t.status = 'PENDING', t.status_message = 'Sent to Clarifai',
  ${bean:declared?method=set('inputs.plan - concepts - status - status_message')}
WHEN NOT MATCHED AND NOT s.leaves THEN INSERT (
  status, status_message, ${bean:declared?method=names('inputs.plan - status - status_message')}
) VALUES (
  'PENDING', 'Sent to Clarifai', ${bean:declared?method=values('inputs.plan - status - status_message')}
)
