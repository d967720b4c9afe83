-- What the tables have of what changed within the overlap, and an export or update has written: of each row 16 hexadecimal
-- digits, made of its key, the time of its change and its status as KnownRows makes them of a row from Clarifai. Of more rows
-- than one result can tell, some are told: the others are staged, and compared by the MERGE.
SELECT array_join(collect_list(digest), '') AS digests FROM (
  SELECT substr(sha2(concat(kind, ' ', id, ' ', CAST(unix_micros(changed) AS STRING), ' ', CAST(status_code AS STRING)), 256), 1, 16) AS digest
  FROM (
    SELECT 'inputs' AS kind, input_id AS id, try_cast(input_modified_at AS TIMESTAMP) AS changed, status_code, run_id
    FROM ${variable.run.tables.inputs}
    WHERE app_id = :?app AND dataset_id = :?dataset AND deleted_at IS NULL
    UNION ALL
    SELECT 'annotations' AS kind, annotation_id AS id, try_cast(annotation_modified_at AS TIMESTAMP) AS changed, status_code, run_id
    FROM ${variable.run.tables.annotations}
    WHERE app_id = :?app AND dataset_id = :?dataset AND deleted_at IS NULL
  )
  WHERE unix_micros(changed) >= :?readSince AND status_code IS NOT NULL
    -- not what an import has tracked, which knows less of an input
    AND run_id IN (SELECT run_id FROM ${variable.run.history.table} WHERE flow IN ('export-annotations', 'update-tables'))
  LIMIT 500000
)
GROUP BY substr(digest, 1, 2)
