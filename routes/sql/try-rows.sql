-- Of the rows in the parameter "lines": those that a merge would add, change, or find
SELECT
  count_if(t.${variable.trial.key} IS NULL) AS inserted,
  count_if(t.${variable.trial.key} IS NOT NULL AND (${variable.trial.merge.changed})) AS updated,
  count_if(t.${variable.trial.key} IS NOT NULL AND ${variable.trial.known}) AS found,
  to_json(collect_list(if(t.${variable.trial.key} IS NULL, s.${variable.trial.key}, NULL))) AS inserted_keys,
  to_json(collect_list(if(t.${variable.trial.key} IS NOT NULL AND (${variable.trial.merge.changed}), s.${variable.trial.key}, NULL))) AS updated_keys,
  to_json(collect_list(if(t.${variable.trial.key} IS NOT NULL AND ${variable.trial.known}, s.${variable.trial.key}, NULL))) AS found_keys
FROM (
${variable.rows}
) s
LEFT JOIN ${variable.trial.target} t ON ${variable.trial.merge.match}
