-- Whether earlier runs have left anything of this app and dataset: what they have not, need not be asked for page by page
SELECT
  (SELECT count(*) FROM (SELECT 1 FROM ${variable.run.tables.rejects} WHERE app_id = :?app AND dataset_id = :?dataset LIMIT 1))
    AS rejects,
  (SELECT count(*) FROM (SELECT 1 FROM ${variable.run.tables.tracking} WHERE app_id = :?app AND dataset_id = :?dataset LIMIT 1))
    AS tracked
