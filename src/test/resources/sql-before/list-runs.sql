SELECT run_id, flow, app_id, dataset_id, subject, parameters, host,
  unix_micros(started_at) AS started_at, unix_micros(ended_at) AS ended_at,
  if(outcome = 'RUNNING' AND renewed_at <= current_timestamp() - INTERVAL ${properties:runs.lease}, 'DIED', outcome) AS outcome,
  counts, error, unix_micros(read_until) AS read_until, selection
FROM ${header.history}
ORDER BY started_at DESC, run_id DESC
LIMIT ${header.limit}
