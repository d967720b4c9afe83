CREATE TABLE IF NOT EXISTS ${variable.run.staging.table} (part STRING, value STRING) USING DELTA
