MERGE INTO ${variable.write.table} t
USING (
${variable.rows}
) s
ON ${variable.write.merge.match}
WHEN MATCHED AND (${variable.write.merge.changed}) THEN UPDATE SET ${variable.write.merge.assignments}
WHEN NOT MATCHED THEN INSERT (${variable.write.merge.columns}) VALUES (${variable.write.merge.values})
