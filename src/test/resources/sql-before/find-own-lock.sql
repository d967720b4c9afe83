SELECT run_id FROM ${header.history} WHERE run_id = :?runId AND outcome = 'RUNNING'
