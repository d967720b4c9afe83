-- Of the rows in header "lines": those that a merge would add, change, or find
SELECT
  count_if(t.${header.trial.key} IS NULL) AS inserted,
  count_if(t.${header.trial.key} IS NOT NULL AND (${header.trial.merge.changed})) AS updated,
  count_if(t.${header.trial.key} IS NOT NULL AND ${header.trial.known}) AS found
FROM (
${header.rows}
) s
LEFT JOIN ${header.trial.target} t ON ${header.trial.merge.match}
