SELECT
  annotation_id, annotation, annotation_user_id, input_id, annotation_created_at, annotation_modified_at,
  annotation_type, input_level, concepts, regions, status_code, app_id, dataset_id,
  '${header.runId}' AS run_id, current_timestamp() AS synced_at, CAST(NULL AS TIMESTAMP) AS deleted_at
FROM (
  -- a list that changed while it was read may have given an annotation twice
  SELECT *, row_number() OVER (PARTITION BY annotation_id ORDER BY annotation_modified_at DESC) AS place FROM (
    SELECT annotation.* FROM (
      SELECT from_json(value, '
        annotation_id STRING, annotation STRING, annotation_user_id STRING, input_id STRING,
        annotation_created_at TIMESTAMP, annotation_modified_at TIMESTAMP, annotation_type STRING, input_level BOOLEAN,
        concepts ARRAY<STRUCT<id: STRING, name: STRING, value: FLOAT>>,
        regions ARRAY<STRUCT<
          id: STRING, type: STRING, top_row: FLOAT, left_col: FLOAT, bottom_row: FLOAT, right_col: FLOAT,
          points: ARRAY<STRUCT<row: FLOAT, col: FLOAT>>, mask: STRING,
          concepts: ARRAY<STRUCT<id: STRING, name: STRING, value: FLOAT>>
        >>,
        status_code INT, app_id STRING, dataset_id STRING
      ', map('mode', 'FAILFAST')) AS annotation
      FROM ${bean:staged?method=all('annotations')}
    )
  )
) s WHERE place = 1
