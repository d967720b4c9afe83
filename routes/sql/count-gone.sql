SELECT count(*) AS row_count FROM ${variable.trial.target} t WHERE ${variable.trial.counted}
