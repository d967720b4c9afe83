SELECT count(*) AS copied FROM ${variable.run.copy.table}
