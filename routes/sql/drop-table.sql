DROP TABLE IF EXISTS ${variable.table}
