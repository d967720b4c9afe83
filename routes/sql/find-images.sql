SELECT image_path FROM ${variable.run.dataset.images.table}
WHERE image_path IS NOT NULL AND array_contains(from_json(:?ids, 'array<string>'), input_id)
