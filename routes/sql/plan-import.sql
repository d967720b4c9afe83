-- Every file of a batch gets its row, and with it its input id for good, before it is uploaded:
-- a run that is cut short finds the same ids when it is repeated. New files of the first batch are sent as soon as this has
-- been run: their rows say so, and need no statement that claims them.
MERGE INTO ${variable.run.tables.tracking} t
USING (
  WITH found AS (
    SELECT file.* FROM (
      SELECT from_json(value, '
        ${bean:declared?method=schema('inputs.plan')},
        unique_id STRING
      ', map('mode', 'FAILFAST')) AS file
      FROM ${bean:staged?method=part('found')}
    )
  ),
  files AS (
    SELECT * FROM (
      SELECT *, row_number() OVER (PARTITION BY source_uri ORDER BY source_modified_at DESC) AS copy FROM found
    ) WHERE copy = 1
  ),
  -- what an export wrote names the file in the metadata
  known AS (
    SELECT input_id, coalesce(source_uri, get_json_object(input_metadata, '$.source_uri')) AS source_uri
    FROM ${variable.run.tables.tracking} WHERE app_id = :?app
  ),
  tracked AS (
    SELECT source_uri, min(input_id) AS input_id FROM known WHERE source_uri IS NOT NULL GROUP BY source_uri
  ),
  taken AS (
    SELECT DISTINCT input_id FROM known WHERE source_uri IS NOT NULL
  )
  SELECT
    CASE
      WHEN tracked.input_id IS NOT NULL THEN tracked.input_id
      WHEN taken.input_id IS NOT NULL OR count(*) OVER (PARTITION BY files.input_id) > 1 THEN files.unique_id
      ELSE files.input_id
    END AS input_id,
    ${bean:declared?method=of('inputs.plan', 'files')}
  FROM files
  LEFT JOIN tracked ON tracked.source_uri = files.source_uri
  LEFT JOIN taken ON taken.input_id = files.input_id
) s
ON t.input_id = s.input_id AND t.app_id = :?app AND t.dataset_id = :?dataset
-- sent by this run: where the list has the file twice, or this statement is repeated
WHEN MATCHED AND t.run_id = :?runId AND t.status_message = 'Sent to Clarifai as planned' THEN UPDATE SET
  t.run_id = t.run_id
-- again: what was not finished, what was rejected and has changed since, what was deleted, or everything when asked to
WHEN MATCHED AND (
  t.status IS NULL OR t.status NOT IN ('PROCESSED', 'REJECTED') OR t.deleted_at IS NOT NULL OR :?verify = 'true'
  OR (t.status = 'REJECTED'
    AND (:?retryRejected = 'true' OR t.source_size IS DISTINCT FROM s.source_size OR t.source_modified_at IS DISTINCT FROM s.source_modified_at))
) THEN UPDATE SET
  ${bean:declared?method=set('inputs.plan - status_message - synced_at')},
  -- of what an earlier run has sent: since when its input may be there, made by that run and not by somebody else
  t.synced_at = CASE
    WHEN s.status_message IS NULL AND t.status = 'PENDING' AND t.status_message LIKE 'Sent to Clarifai%' THEN t.synced_at
    ELSE current_timestamp()
  END,
  -- that it was sent, or refused, by an earlier run: only then is an input that has failed its own, to be replaced
  t.status_message = CASE
    WHEN s.status_message IS NOT NULL OR t.source_uri IS NULL OR t.deleted_at IS NOT NULL THEN s.status_message
    WHEN t.status = 'PENDING' AND t.status_message LIKE 'Sent to Clarifai%' THEN 'Sent to Clarifai'
    WHEN t.status = 'PENDING' AND t.status_message = 'Refused by Clarifai before' THEN t.status_message
    WHEN t.status = 'REJECTED' AND t.status_code IS NOT NULL THEN 'Refused by Clarifai before'
  END
-- known from an export: from now on it is known which file it is
WHEN MATCHED AND t.source_uri IS NULL THEN UPDATE SET
  ${bean:declared?method=set('inputs.file')}
WHEN NOT MATCHED THEN INSERT (
  status_message, ${bean:declared?method=names('inputs.plan - status_message')}
) VALUES (
  CASE WHEN s.status = 'PENDING' AND :?claimedAtOnce = 'true' THEN 'Sent to Clarifai as planned' ELSE s.status_message END,
  ${bean:declared?method=values('inputs.plan - status_message')}
)
