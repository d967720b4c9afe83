MERGE INTO ${header.target} t
USING (
${header.rows}
) s
ON ${header.merge.match}
WHEN MATCHED AND (${header.merge.changed}) THEN UPDATE SET ${header.merge.assignments}
WHEN NOT MATCHED THEN INSERT (${header.merge.columns}) VALUES (${header.merge.values})
