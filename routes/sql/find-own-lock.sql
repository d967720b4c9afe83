SELECT run_id FROM ${variable.run.history.table} WHERE run_id = :?runId AND outcome = 'RUNNING'
