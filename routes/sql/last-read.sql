-- A mark later than the beginning of its run is not believed (end-run.sql writes none): it comes of a version that took
-- times for those of another time zone, and of what changed until then nothing would be found any more.
-- Rows that somebody has removed from a table would not come back with what changed later
SELECT max(unix_micros(r.read_until)) AS read_until
FROM ${variable.run.history.table} r
WHERE r.outcome = 'COMPLETED' AND r.selection = :?selection AND r.read_until <= r.started_at AND r.started_at = (
  SELECT max(started_at) FROM ${variable.run.history.table} WHERE outcome = 'COMPLETED' AND selection = :?selection
)
AND CAST(get_json_object(r.counts, '$.inputs') AS BIGINT) <= (
  SELECT count(*) FROM ${variable.run.tables.inputs} i WHERE i.app_id = :?app AND i.dataset_id = :?dataset
)
AND CAST(get_json_object(r.counts, '$.annotations') AS BIGINT) <= (
  SELECT count(*) FROM ${variable.run.tables.annotations} a WHERE a.app_id = :?app AND a.dataset_id = :?dataset
)
