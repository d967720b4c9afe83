INSERT INTO ${variable.run.staging.table} SELECT :?part, explode(from_json(:?lines, 'array<string>'))
