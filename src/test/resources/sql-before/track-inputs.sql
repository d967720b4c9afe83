MERGE INTO ${header.target} t
USING (
  SELECT input.* FROM (
    SELECT from_json(value, '
      input_id STRING, image_url STRING, image_info STRING, input_metadata STRING,
      input_created_at TIMESTAMP, input_modified_at TIMESTAMP, user_id STRING,
      status STRING, status_code INT, status_message STRING, unread BOOLEAN
    ', map('mode', 'FAILFAST')) AS input
    FROM ${bean:staged?method=page('ended')}
  )
) s
ON t.input_id = s.input_id AND t.app_id = :?app AND t.dataset_id = :?dataset
WHEN MATCHED THEN UPDATE SET
  t.image_url = s.image_url, t.image_info = s.image_info, t.input_metadata = s.input_metadata,
  t.input_created_at = s.input_created_at, t.input_modified_at = s.input_modified_at, t.user_id = s.user_id,
  t.status = s.status, t.status_code = s.status_code, t.status_message = s.status_message,
  -- so that the next run finds it changed
  t.source_modified_at = CASE WHEN s.unread THEN NULL ELSE t.source_modified_at END,
  t.synced_at = current_timestamp()
