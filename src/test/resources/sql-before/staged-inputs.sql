SELECT
  input_id, input_type, image_url, image_info, text_raw, text_url, video_url, video_info, audio_url, audio_info,
  input_metadata, input_created_at, input_modified_at, concepts, longitude, latitude,
  user_id, app_id, dataset_id, status, status_code, status_message, image_path,
  '${header.runId}' AS run_id, current_timestamp() AS synced_at, CAST(NULL AS TIMESTAMP) AS deleted_at
FROM (
  -- a list that changed while it was read may have given an input twice
  SELECT *, row_number() OVER (PARTITION BY input_id ORDER BY input_modified_at DESC) AS place FROM (
    SELECT input.* FROM (
      SELECT from_json(value, '
        input_id STRING, input_type STRING, image_url STRING, image_info STRING, text_raw STRING, text_url STRING,
        video_url STRING, video_info STRING, audio_url STRING, audio_info STRING, input_metadata STRING,
        input_created_at TIMESTAMP, input_modified_at TIMESTAMP,
        concepts ARRAY<STRUCT<id: STRING, name: STRING, value: FLOAT>>, longitude DOUBLE, latitude DOUBLE,
        user_id STRING, app_id STRING, dataset_id STRING,
        status STRING, status_code INT, status_message STRING, image_path STRING
      ', map('mode', 'FAILFAST')) AS input
      FROM ${bean:staged?method=all('inputs')}
    )
  )
) s WHERE place = 1
