SELECT run_id, flow, host, unix_micros(started_at) AS since FROM ${header.history}
WHERE subject = :?runSubject AND run_id <> :?runId AND outcome = 'RUNNING'
  AND renewed_at > current_timestamp() - INTERVAL ${properties:runs.lease}
