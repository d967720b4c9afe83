-- A run that was refused before it began: it has never been the lock on its subject
INSERT INTO ${variable.run.history.table} (
  ${bean:declared?method=names('runs.begin - outcome')}, ended_at, outcome, counts, error
)
SELECT
  ${bean:declared?method=values('runs.begin - outcome')}, current_timestamp(), :?runOutcome, :?runCounts, :?runError
FROM (SELECT :?runSubject AS subject) s
