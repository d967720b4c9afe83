CREATE TABLE IF NOT EXISTS ${header.target} (
  input_id STRING NOT NULL COMMENT 'Id of the input in the Clarifai app',
  input_type STRING COMMENT 'image, text, video or audio',
  image_url STRING COMMENT 'Where Clarifai keeps the image, or the URL it was taken from',
  image_info STRING COMMENT 'JSON: width, height, format, color_mode',
  text_raw STRING COMMENT 'The text of a text input, where Clarifai gives it',
  text_url STRING COMMENT 'Where the text is',
  video_url STRING COMMENT 'Where the video is',
  video_info STRING COMMENT 'JSON: what Clarifai knows of the video',
  audio_url STRING COMMENT 'Where the audio is',
  audio_info STRING COMMENT 'JSON: what Clarifai knows of the audio',
  input_metadata STRING COMMENT 'JSON: the metadata of the input',
  input_created_at TIMESTAMP COMMENT 'When Clarifai created the input',
  input_modified_at TIMESTAMP COMMENT 'When the input was last changed in Clarifai',
  concepts ARRAY<STRUCT<id: STRING, name: STRING, value: FLOAT>> COMMENT 'Concepts of the input itself; value 0 is a negative',
  longitude DOUBLE COMMENT 'Of the geo point of the input',
  latitude DOUBLE COMMENT 'Of the geo point of the input',
  user_id STRING COMMENT 'Clarifai user or organisation that owns the app',
  app_id STRING COMMENT 'Clarifai app',
  dataset_id STRING COMMENT 'Clarifai dataset',
  status STRING COMMENT 'PENDING, PROCESSED, REJECTED or UNKNOWN',
  status_code INT COMMENT 'Clarifai status code',
  status_message STRING COMMENT 'Why the input was rejected, or how far it has come',
  source_uri STRING COMMENT 'File or row that the input was made from',
  source_size BIGINT COMMENT 'Size of that file in bytes',
  source_modified_at TIMESTAMP COMMENT 'When that file was last changed',
  image_path STRING COMMENT 'File in a volume that the image was exported to',
  run_id STRING COMMENT 'Run that last wrote this row',
  synced_at TIMESTAMP COMMENT 'When this row was last written',
  deleted_at TIMESTAMP COMMENT 'When the input was found to be deleted in Clarifai'
)
USING DELTA
COMMENT 'Inputs of Clarifai apps, one row for each input of a dataset'
TBLPROPERTIES ('databricks-connect.table' = 'inputs', 'delta.enableDeletionVectors' = 'true')
