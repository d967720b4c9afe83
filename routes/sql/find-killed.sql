-- The latest run of this subject that came so far as to be its lock, if it was killed and is of the same flow. Where another one
-- came behind it, what it has left is of the past.
SELECT run_id FROM ${variable.run.history.table}
WHERE subject = :?runSubject AND flow = :?runFlow AND outcome = 'DIED' AND started_at = (
  SELECT max(started_at) FROM ${variable.run.history.table}
  -- a run that was refused has counted nothing, see record-refused.sql
  WHERE subject = :?runSubject AND run_id <> :?runId AND NOT (outcome = 'FAILED' AND counts = '{}')
)
