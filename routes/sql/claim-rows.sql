-- The message tells rows that were sent from those that are only planned, or that an export wrote.
MERGE INTO ${variable.run.tables.tracking} t
USING (
  SELECT row.* FROM (
    SELECT from_json(value, '${bean:declared?method=schema('inputs.claim')}', map('mode', 'FAILFAST')) AS row
    FROM ${bean:staged?method=part('claimed')}
  )
) s
ON t.input_id = s.input_id AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED AND t.status = 'PENDING' THEN UPDATE SET
  t.status_code = NULL, t.status_message = 'Sent to Clarifai', ${bean:declared?method=set('inputs.claim - source_uri')}
WHEN NOT MATCHED THEN INSERT (
  status, status_message, ${bean:declared?method=names('inputs.claim')}
) VALUES (
  'PENDING', 'Sent to Clarifai', ${bean:declared?method=values('inputs.claim')}
)
