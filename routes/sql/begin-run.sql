-- A row that says RUNNING and has been renewed of late is the lock on its subject. It is looked for and written in one
-- statement, and Delta refuses to commit a MERGE when another one has committed since it read the table: of two runs that
-- begin at once the slower gets a DELTA_CONCURRENT error, is repeated (see "resilient"), and then finds the other's row.
-- Rows whose lease ran out while they said RUNNING are of runs that were killed.
MERGE INTO ${variable.run.history.table} t
USING (SELECT :?runSubject AS subject) s
ON t.subject = s.subject AND t.outcome = 'RUNNING'
  AND t.renewed_at > current_timestamp() - INTERVAL ${properties:runs.lease}
WHEN NOT MATCHED THEN INSERT (
  ${bean:declared?method=names('runs.begin')}
) VALUES (
  ${bean:declared?method=values('runs.begin')}
)
WHEN NOT MATCHED BY SOURCE AND t.subject = :?runSubject AND t.outcome = 'RUNNING' THEN UPDATE SET
  t.outcome = 'DIED', t.ended_at = t.renewed_at, t.error = 'ended without a word, after this time'
