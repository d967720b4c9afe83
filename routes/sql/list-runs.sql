SELECT * FROM (
  SELECT run_id, flow, app_id, dataset_id, subject, parameters, host,
    unix_micros(started_at) AS started_at, unix_micros(ended_at) AS ended_at,
    if(outcome = 'RUNNING' AND renewed_at <= current_timestamp() - INTERVAL ${properties:runs.lease}, 'DIED', outcome) AS outcome,
    counts, error, unix_micros(read_until) AS read_until, selection
  FROM ${header.history}
  -- whatever is empty does not matter
  WHERE (:?wantedRun = '' OR run_id = :?wantedRun)
    AND (:?wantedFlow = '' OR flow = :?wantedFlow)
    AND (:?wantedAbout = '' OR contains(lower(subject), lower(:?wantedAbout)))
    AND (:?wantedFrom = '' OR started_at >= CAST(nullif(:?wantedFrom, '') AS TIMESTAMP))
    AND (:?wantedUntil = '' OR started_at < CAST(nullif(:?wantedUntil, '') AS TIMESTAMP))
)
WHERE :?wantedOutcome IN ('', outcome)
  OR :?wantedOutcome = 'REJECTS' AND outcome = 'COMPLETED' AND CAST(get_json_object(counts, '$.rejected') AS BIGINT) > 0
ORDER BY started_at DESC, run_id DESC
LIMIT ${header.limit} OFFSET ${header.offset}
