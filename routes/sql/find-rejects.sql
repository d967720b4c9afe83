SELECT source_uri FROM ${variable.run.tables.rejects} WHERE app_id = :?app AND dataset_id = :?dataset LIMIT 1
