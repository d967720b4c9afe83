-- As many rows as one result may hold, or one; all rows of a key come together
SELECT ${variable.legacy.key} AS position, ${variable.legacy.taken} AS row FROM ${variable.run.tables.legacy}
WHERE ${variable.legacy.key} > :?after AND ${variable.legacy.key} <= (
  SELECT coalesce(max(if(total <= ${properties:sql.page-bytes}, position, NULL)), min(position)) FROM (
    SELECT position, sum(bytes) OVER (ORDER BY position) AS total FROM (
      SELECT ${variable.legacy.key} AS position, octet_length(${variable.legacy.taken}) AS bytes FROM ${variable.run.tables.legacy}
      WHERE ${variable.legacy.key} > :?after ORDER BY ${variable.legacy.key} LIMIT ${properties:import.page-size}
    )
  )
)
ORDER BY ${variable.legacy.key}
