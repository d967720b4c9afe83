-- As many rows as one result may hold, or one
SELECT n, bytes, row FROM ${variable.run.copy.table}
WHERE n > ${variable.after} AND n <= (
  SELECT coalesce(max(if(total <= ${properties:sql.page-bytes}, n, NULL)), min(n)) FROM (
    SELECT n, sum(least(bytes, ${properties:import.max-row-bytes})) OVER (ORDER BY n) AS total FROM (
      SELECT n, bytes FROM ${variable.run.copy.table} WHERE n > ${variable.after} ORDER BY n LIMIT ${properties:import.page-size}
    )
  )
)
ORDER BY n
