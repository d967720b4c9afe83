UPDATE ${variable.run.history.table} SET renewed_at = current_timestamp() WHERE run_id = :?runId AND outcome = 'RUNNING'
