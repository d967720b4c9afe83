SELECT run_id, flow, app_id, dataset_id, subject, parameters, host, started_at, ended_at,
  if(outcome = 'RUNNING' AND renewed_at <= current_timestamp() - INTERVAL ${properties:runs.lease}, 'DIED', outcome) AS outcome,
  counts, error, read_until, selection
FROM ${header.history}
ORDER BY started_at DESC, run_id DESC
LIMIT ${header.limit}
