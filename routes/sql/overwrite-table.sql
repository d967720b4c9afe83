INSERT OVERWRITE ${variable.write.table} BY NAME ${variable.rows}
