-- Of the rows in the parameter "lines": those that a merge would add, change, or find
SELECT
  count_if(t.${variable.trial.key} IS NULL) AS inserted,
  count_if(t.${variable.trial.key} IS NOT NULL AND (${variable.trial.merge.changed})) AS updated,
  count_if(t.${variable.trial.key} IS NOT NULL AND ${variable.trial.known}) AS found
FROM (
${variable.rows}
) s
LEFT JOIN ${variable.trial.target} t ON ${variable.trial.merge.match}
