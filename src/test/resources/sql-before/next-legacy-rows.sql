-- As many rows as one result may hold, or one; all rows of a key come together
SELECT ${header.key} AS position, ${header.taken} AS row FROM ${header.target}
WHERE ${header.key} > :?after AND ${header.key} <= (
  SELECT coalesce(max(if(total <= ${properties:sql.page-bytes}, position, NULL)), min(position)) FROM (
    SELECT position, sum(bytes) OVER (ORDER BY position) AS total FROM (
      SELECT ${header.key} AS position, octet_length(${header.taken}) AS bytes FROM ${header.target}
      WHERE ${header.key} > :?after ORDER BY ${header.key} LIMIT ${properties:import.page-size}
    )
  )
)
ORDER BY ${header.key}
