MERGE INTO ${header.target} t
USING (
  SELECT * FROM (
    SELECT input.*, row_number() OVER (PARTITION BY input.input_id ORDER BY input.status = 'REJECTED') AS place FROM (
      SELECT from_json(value, '
        input_id STRING, image_url STRING, image_info STRING, input_metadata STRING,
        concepts ARRAY<STRUCT<id: STRING, name: STRING, value: FLOAT>>,
        input_created_at TIMESTAMP, input_modified_at TIMESTAMP, longitude DOUBLE, latitude DOUBLE, user_id STRING,
        status STRING, status_code INT, status_message STRING, source_uri STRING
      ', map('mode', 'FAILFAST')) AS input
      FROM ${bean:staged?method=page('ended')}
    )
  ) WHERE place = 1
) s
ON t.input_id = s.input_id AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED AND s.status = 'REJECTED' AND t.status = 'PENDING' THEN DELETE
WHEN MATCHED AND s.status <> 'REJECTED' THEN UPDATE SET
  t.image_url = s.image_url, t.image_info = s.image_info, t.input_metadata = s.input_metadata,
  t.concepts = s.concepts, t.longitude = s.longitude, t.latitude = s.latitude,
  t.input_created_at = s.input_created_at, t.input_modified_at = s.input_modified_at, t.user_id = s.user_id,
  t.status = s.status, t.status_code = s.status_code, t.status_message = s.status_message,
  t.source_uri = s.source_uri, t.deleted_at = NULL, t.run_id = :?runId, t.synced_at = current_timestamp()
WHEN NOT MATCHED AND s.status <> 'REJECTED' THEN INSERT (
  input_id, app_id, dataset_id, image_url, image_info, input_metadata, concepts, longitude, latitude,
  input_created_at, input_modified_at, user_id, status, status_code, status_message, source_uri, run_id, synced_at, deleted_at
) VALUES (
  s.input_id, :?app, :?dataset, s.image_url, s.image_info, s.input_metadata, s.concepts, s.longitude, s.latitude,
  s.input_created_at, s.input_modified_at, s.user_id, s.status, s.status_code, s.status_message, s.source_uri,
  :?runId, current_timestamp(), NULL
)
