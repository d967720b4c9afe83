-- The keys of the rows of a table that a dry run has asked about, in their order
SELECT t.${variable.trial.key} AS position FROM ${variable.trial.target} t
WHERE ${variable.trial.counted} AND t.${variable.trial.key} > :?after
ORDER BY position LIMIT ${properties:import.page-size}
