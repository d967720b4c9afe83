DELETE FROM ${variable.run.tables.rejects} WHERE source_uri = :?fileUri AND app_id = :?app AND dataset_id = :?dataset
