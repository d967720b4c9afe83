UPDATE ${variable.run.history.table} SET
  renewed_at = current_timestamp(), ended_at = current_timestamp(), outcome = :?runOutcome, counts = :?runCounts,
  error = nullif(:?runError, ''), 
  -- what changed while the run was under way is read again by the next one, see last-read.sql
  read_until = CASE WHEN :?runReadUntil <> '' THEN least(CAST(nullif(:?runReadUntil, '') AS TIMESTAMP), started_at) END,
  selection = nullif(:?runSelection, '')
WHERE run_id = :?runId
