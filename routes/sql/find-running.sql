SELECT run_id, flow, host, date_format(started_at, "yyyy-MM-dd HH:mm:ss 'UTC'") AS since FROM ${header.history}
WHERE subject = :?runSubject AND run_id <> :?runId AND outcome = 'RUNNING'
  AND renewed_at > current_timestamp() - INTERVAL ${properties:runs.lease}
