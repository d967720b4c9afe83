UPDATE ${header.history} SET
  renewed_at = current_timestamp(), ended_at = current_timestamp(), outcome = :?runOutcome, counts = :?runCounts,
  error = nullif(:?runError, ''), read_until = CAST(nullif(:?runReadUntil, '') AS TIMESTAMP),
  selection = nullif(:?runSelection, '')
WHERE run_id = :?runId
