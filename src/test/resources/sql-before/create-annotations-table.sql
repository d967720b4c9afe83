CREATE TABLE IF NOT EXISTS ${header.target} (
  annotation_id STRING NOT NULL COMMENT 'Id of the annotation in the Clarifai app',
  annotation STRING COMMENT 'JSON: Annotation.data of the Clarifai API, with its field names',
  annotation_user_id STRING COMMENT 'Who made the annotation: a user, or else a model or workflow',
  input_id STRING COMMENT 'Input that is annotated',
  annotation_created_at TIMESTAMP COMMENT 'When the annotation was made',
  annotation_modified_at TIMESTAMP COMMENT 'When the annotation was last changed in Clarifai',
  annotation_type STRING COMMENT 'classification, bounding_box, polygon, mask, point, span, frame, ...',
  input_level BOOLEAN COMMENT 'Whether it is the annotation that carries what was posted with the input itself',
  concepts ARRAY<STRUCT<id: STRING, name: STRING, value: FLOAT>> COMMENT 'Concepts of the whole annotation; value 0 is a negative',
  regions ARRAY<STRUCT<
    id: STRING, type: STRING, top_row: FLOAT, left_col: FLOAT, bottom_row: FLOAT, right_col: FLOAT,
    points: ARRAY<STRUCT<row: FLOAT, col: FLOAT>>, mask: STRING,
    concepts: ARRAY<STRUCT<id: STRING, name: STRING, value: FLOAT>>
  >> COMMENT 'Regions, their places as fractions of the height and width of the image',
  status_code INT COMMENT 'Clarifai status code: 24150 success, 24151 pending, 24157 awaiting review, ...',
  app_id STRING COMMENT 'Clarifai app',
  dataset_id STRING COMMENT 'Clarifai dataset',
  run_id STRING COMMENT 'Run that last wrote this row',
  synced_at TIMESTAMP COMMENT 'When this row was last written',
  deleted_at TIMESTAMP COMMENT 'When the annotation was found to be deleted in Clarifai'
)
USING DELTA
COMMENT 'Annotations of the inputs of Clarifai apps, one row for each annotation'
TBLPROPERTIES ('databricks-connect.table' = 'annotations', 'delta.enableDeletionVectors' = 'true')
