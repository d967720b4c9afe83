-- What earlier runs say of these rows is forgotten, and what this run has rejected is added. Rows of a table are known by
-- their id: several of them may have the same source, each of which is kept. Run twice it adds nothing.
MERGE INTO ${variable.run.tables.rejects} t
USING (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY source_uri, change ORDER BY input_id) AS place FROM (
      SELECT row.*, explode(if(row.status = 'REJECTED', array('forget', 'add'), array('forget'))) AS change FROM (
        SELECT from_json(value, '
          ${bean:declared?method=schema('rejects.rows')},
          status STRING
        ', map('mode', 'FAILFAST')) AS row
        FROM ${bean:staged?method=part('ended')}
      )
    )
  ) WHERE change = 'add' OR place = 1
) s
ON t.source_uri = s.source_uri AND t.app_id = :?app AND t.dataset_id = :?dataset
  AND (s.change = 'forget' AND t.run_id <> :?runId OR s.change = 'add' AND t.run_id = :?runId AND t.raw <=> s.raw)
WHEN MATCHED AND s.change = 'forget' THEN DELETE
WHEN NOT MATCHED AND s.change = 'add' THEN INSERT (
  ${bean:declared?method=names('rejects.rows')}
) VALUES (
  ${bean:declared?method=values('rejects.rows')}
)
