DESCRIBE QUERY SELECT * FROM ${variable.run.copy.from}
