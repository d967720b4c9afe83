SELECT run_id, flow, host, unix_micros(started_at) AS since FROM ${variable.run.history.table}
WHERE subject = :?runSubject AND run_id <> :?runId AND outcome = 'RUNNING'
  AND renewed_at > current_timestamp() - INTERVAL ${properties:runs.lease}
