-- As many inputs as one result may hold, or one
SELECT input_id, source_uri, source_size, concepts, resumed, refused, claimed, claimed_at FROM (
  SELECT *, row_number() OVER (ORDER BY input_id) AS place,
    sum(octet_length(input_id) + octet_length(source_uri) + coalesce(octet_length(concepts), 0)) OVER (ORDER BY input_id) AS total
  FROM (
    SELECT input_id, source_uri, source_size, to_json(concepts) AS concepts,
      coalesce(status_message = 'Sent to Clarifai', false) AS resumed,
      coalesce(status_message = 'Refused by Clarifai before', false) AS refused,
      coalesce(status_message = 'Sent to Clarifai as planned', false) AS claimed,
      unix_micros(synced_at) AS claimed_at
    FROM ${variable.run.tables.tracking}
    WHERE app_id = :?app AND dataset_id = :?dataset AND run_id = :?runId AND status = 'PENDING' AND input_id > :?after
      AND source_uri IN (SELECT from_json(value, 'source_uri STRING').source_uri FROM ${bean:staged?method=part('found')})
      -- not what a page before is sending: under another id than was planned, or of a file that the list has twice
      AND (status_message IS DISTINCT FROM 'Sent to Clarifai' OR unix_micros(synced_at) <= :?runPlannedAt)
      AND (status_message IS DISTINCT FROM 'Sent to Clarifai as planned' OR :?claimedAtOnce = 'true')
    ORDER BY input_id
    LIMIT ${properties:import.page-size}
  )
)
WHERE total <= ${properties:sql.page-bytes} OR place = 1
ORDER BY input_id
